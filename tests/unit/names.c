/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names.c - tests of the lists of names; exit status 0 or 1.
 *
 * Lists are written into a temporary file; T2_SHARE names the folder of the shipped ones (default:
 * share), of which all must be readable to the last line.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "t2.h"
#include "names.h"

static int failed;

static void
text_is(const char *what, const char *want, const char *got, size_t n)
{
	if (strlen(want) == n && memcmp(want, got, n) == 0)
		return;
	fprintf(stderr, "names: %s: wanted \"%s\", got \"%.*s\"\n", what, want, (int)n, got);
	failed = 1;
}

static struct names *
list(enum names_kind kind, const char *text)
{
	char path[] = "/tmp/t2names.XXXXXX", err[256] = "";
	struct names_conf conf = { .file = path, .share_dir = "/nowhere" };
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || close(fd) != 0) {
		perror(path);
		exit(1);
	}
	struct names *n = names_open(kind, &conf, err, sizeof(err));
	unlink(path);
	if (n == NULL) {
		fprintf(stderr, "names: %s\n", err);
		exit(1);
	}
	return n;
}

static void
name_is(struct names *n, uint32_t number, const char *s, const char *text)
{
	char what[32];
	struct name name;

	snprintf(what, sizeof(what), "0x%x", number);
	names_find(n, number, &name);
	text_is(what, s, name.s, name.n);
	text_is(what, text, name.text, name.ntext);
}

static void
vendors(void)
{
	struct names *n = list(NAMES_MAC,
	    "# comment\n\n0x00001C\tBellTech\tBell Technologies\n"
	    "00:00:02\tEDIMAXTE\tEDIMAX TECHNOLOGY CO., LTD.\n"
	    "00:00:03\t3com\t3Com\t# a choice\n00:00:04\tMine\t# only a comment\n"
	    "00-00-05\tOther\tName\r\n00:00:06:00:00:00/28\tno\tno\n"
	    "MA-L,000007,\"O'Neil & Sons of the West, Inc.\",\"Way 1, Here\"\n"
	    "MA-S,000008123,no,no\nMA-L,000009,Plain GmbH,There\n000010\tx\n0x000010\tlast\n"
	    "00:00:11\tA\xc3\xa9" "bcdefg\tA\xc3\x89" "bcdefg AG\n00:00:1\tno\n0x0000123\tno\n"
	    "MA-L,000012,ABCDEFG\xc3\xa9 Ltd,x");
	name_is(n, 0x1c, "BellTech", "Bell Technologies");
	name_is(n, 2, "EdimaxTe", "EDIMAX TECHNOLOGY CO., LTD.");
	name_is(n, 3, "3com", "3Com");
	name_is(n, 4, "Mine", "");
	name_is(n, 5, "Other", "Name");
	name_is(n, 6, "", "");
	name_is(n, 7, "ONeilSon", "O'Neil & Sons of the West, Inc.");
	name_is(n, 8, "", "");
	name_is(n, 9, "Plain", "Plain GmbH");
	name_is(n, 0x10, "last", "");
	name_is(n, 0x12, "Abcdefg", "ABCDEFG\xc3\xa9 Ltd");
	name_is(n, 1, "", "");
	name_is(n, 0x123, "", "");
	names_close(n);
}

static void
ports(void)
{
	struct names *n = list(NAMES_PORT,
	    "6000-6063\ttcp\tx11\tX\n80\ttcp\thttp x\tWeb\n80\ttcp\tlater\tno\n6020\ttcp\tone\n"
	    "0x51\tudp\thex\tH\nsmtp 25/tcp/sctp mail # Mail \nns 53/udp\n90-80\ttcp\tno\n"
	    "70000\ttcp\tno\n5\ticmp\tno\n6\ttcp\t\tno name\n65535\tudp\tlast\tL");
	name_is(n, names_port(6, 80), "http", "Web");
	name_is(n, names_port(132, 80), "http", "Web");
	name_is(n, names_port(17, 80), "", "");
	name_is(n, names_port(6, 6000), "x11", "X");
	name_is(n, names_port(17, 6000), "", "");
	name_is(n, names_port(6, 6063), "x11", "X");
	name_is(n, names_port(6, 6064), "", "");
	name_is(n, names_port(6, 6020), "one", "");
	name_is(n, names_port(17, 81), "hex", "H");
	name_is(n, names_port(6, 25), "smtp", "Mail");
	name_is(n, names_port(136, 53), "ns", "");
	name_is(n, names_port(17, 65535), "last", "L");
	name_is(n, names_port(1, 80), "", "");
	names_close(n);
}

static void
numbers(void)
{
	struct names *n = list(NAMES_ETHER, "0x0800\tIPv4\n0x0101 - 0x01FF\tMany\n0x0110\tOne\n"
	    "0x0800\tAgain\n");
	name_is(n, 0x800, "Again", "Again");
	name_is(n, 0x101, "Many", "Many");
	name_is(n, 0x110, "One", "One");
	name_is(n, 0x200, "", "");
	names_close(n);
	n = list(NAMES_PROTO, "6\tTCP\tTransmission Control Protocol\n256\tno\n7\tCBT\n");
	name_is(n, 6, "TCP", "Transmission Control Protocol");
	name_is(n, 7, "CBT", "CBT");
	name_is(n, 256, "", "");
	names_close(n);
	names_close(list(NAMES_PROTO, ""));
}

static void
shipped(void)
{
	const char *share = getenv("T2_SHARE");
	struct names_conf conf = { .share_dir = share != NULL ? share : "share",
		.no_user_data = true };
	static const struct {
		enum names_kind kind;
		uint32_t number;
		const char *s;
	} some[] = {
		{ NAMES_MAC, 0x00d002, "Ditech" }, { NAMES_MAC, 0xfcfbfb, "Cisco" },
		{ NAMES_PORT, 0, "" }, { NAMES_PORT, 80 * 2, "http" },
		{ NAMES_PROTO, 255, "Reserved" }, { NAMES_ETHER, 0xffff, "raw IPX" },
	};

	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		char err[256] = "";
		struct name name;
		struct names *n = names_open(some[i].kind, &conf, err, sizeof(err));
		if (n == NULL) {
			fprintf(stderr, "names: %s\n", err);
			failed = 1;
			continue;
		}
		names_find(n, some[i].number, &name);
		text_is(names_path(n), some[i].s, name.s, name.n);
		names_close(n);
	}
	conf.share_dir = "/nowhere";
	char err[256] = "";
	if (names_open(NAMES_PORT, &conf, err, sizeof(err)) != NULL ||
	    strstr(err, "/nowhere") == NULL)
		text_is("missing file", "/nowhere/portmap.txt: No such file or directory", err,
		    strlen(err));
}

int
main(void)
{
	vendors();
	ports();
	numbers();
	shipped();
	return failed;
}
