/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timer.c - runs one command and prints "wall cpu user maxrss_kb status" in seconds and kilobytes.
 * Usage: timer [-o FILE] [-e FILE] [-u PORT] COMMAND [ARG]...
 * The command's output goes to /dev/null unless -o (stdout) or -e (stderr) say otherwise; -u opens
 * a UDP socket on the loopback that swallows what an exporter sends. Death by signal N is 128 + N.
 */
#define _DEFAULT_SOURCE
#include <arpa/inet.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
clock_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
time_s(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int
file_open(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	if (fd < 0)
		err(1, "%s", path);
	return fd;
}

static void
sink_open(const char *port)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	a.sin_port = htons((uint16_t)strtoul(port, NULL, 10));
	if (fd < 0 || bind(fd, (const struct sockaddr *)&a, sizeof(a)) < 0)
		err(1, "udp port %s", port);
}

static int
command_run(char **argv, int out, int diag)
{
	struct rusage use;
	double start = clock_s(), wall;
	int status;
	pid_t pid = fork();

	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		if (dup2(out, STDOUT_FILENO) < 0 || dup2(diag, STDERR_FILENO) < 0)
			_exit(126);
		execvp(argv[0], argv);
		_exit(127);
	}
	if (wait4(pid, &status, 0, &use) < 0)
		err(1, "wait4");
	wall = clock_s() - start;
	printf("%.6f %.6f %.6f %ld %d\n", wall,
	    time_s(use.ru_utime) + time_s(use.ru_stime), time_s(use.ru_utime), use.ru_maxrss,
	    WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
	return 0;
}

int
main(int argc, char **argv)
{
	const char *out = "/dev/null", *diag = "/dev/null";
	int c;

	while ((c = getopt(argc, argv, "+o:e:u:")) != -1) {
		switch (c) {
		case 'o':
			out = optarg;
			break;
		case 'e':
			diag = optarg;
			break;
		case 'u':
			sink_open(optarg);
			break;
		default:
			optind = argc;
		}
	}
	if (optind >= argc) {
		fputs("usage: timer [-o FILE] [-e FILE] [-u PORT] COMMAND [ARG]...\n", stderr);
		return 2;
	}
	return command_run(argv + optind, file_open(out), file_open(diag));
}
