/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * confine.c - gives away what a program needed to open an interface: it goes on as an ordinary
 * user, without capabilities, and can gain none again.
 *
 * Nothing is believed: afterwards the process looks whether it really lost them.  Surprise: root
 * without a user to become stays the owner of root's files, so it keeps the one capability that
 * lets it write to other folders; all else goes.
 */
#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "priv.h"
#include "confine.h"

struct target {
	bool found;
	uid_t uid;
	gid_t gid;
	const char *name;               /* NULL: the user has none */
};

/* A number in the environment; -1 none. */
static long long
env_id(const char *name)
{
	const char *s = getenv(name), *why;
	long long id;

	if (s == NULL)
		return -1;
	id = strtonum(s, 0, UINT32_MAX - 1, &why);
	return why != NULL ? -1 : id;
}

/* Whom to become: user, or who called sudo, or who called a program that is setuid root. */
static int
target_find(struct target *t, const char *user, char *err, size_t errlen)
{
	long long uid = env_id("SUDO_UID"), gid = env_id("SUDO_GID");
	const struct passwd *p = NULL;

	*t = (struct target){ 0 };
	if (user != NULL) {
		errno = 0;
		if ((p = getpwnam(user)) == NULL)
			return err_line(err, errlen, "user %s: %s", user,
			    errno != 0 ? strerror(errno) : "there is none");
		*t = (struct target){ true, p->pw_uid, p->pw_gid, p->pw_name };
	} else if (getuid() != 0) {
		*t = (struct target){ true, getuid(), getgid(), NULL };
	} else if (uid > 0) {
		p = getpwuid((uid_t)uid);
		*t = (struct target){ true, (uid_t)uid, gid >= 0 ? (gid_t)gid : p != NULL ?
		    p->pw_gid : (gid_t)uid, p != NULL ? p->pw_name : NULL };
	}
	return 0;
}

static int
become(const struct target *t, char *err, size_t errlen)
{
	uid_t r, e, s;

	if ((t->name != NULL ? initgroups(t->name, t->gid) : setgroups(1, &t->gid)) != 0 ||
	    setresgid(t->gid, t->gid, t->gid) != 0 || setresuid(t->uid, t->uid, t->uid) != 0)
		return err_line(err, errlen, "cannot become user %ju: %s", (uintmax_t)t->uid,
		    strerror(errno));
	if (getresuid(&r, &e, &s) != 0 || r != t->uid || e != t->uid || s != t->uid ||
	    (t->uid != 0 && setresuid((uid_t)-1, 0, (uid_t)-1) == 0))
		return err_line(err, errlen, "cannot give the rights of root away");
	return 0;
}

/* Only keep (bits of the first 32 capabilities) stays. */
static int
capabilities_drop(uint32_t keep, char *err, size_t errlen)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct v[2] = { { 0 } };

	if (syscall(SYS_capget, &head, v) != 0)
		return err_line(err, errlen, "capabilities: %s", strerror(errno));
	v[0].effective &= keep;
	v[0].permitted &= keep;
	v[1].effective = v[1].permitted = v[0].inheritable = v[1].inheritable = 0;
	if (syscall(SYS_capset, &head, v) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    syscall(SYS_capget, &head, v) != 0)
		return err_line(err, errlen, "capabilities: %s", strerror(errno));
	if ((v[0].permitted & ~keep) != 0 || v[1].permitted != 0)
		return err_line(err, errlen, "cannot give capabilities away");
	return 0;
}

int
confine_drop(const char *user, bool *root, char *err, size_t errlen)
{
	struct target t;

	if (target_find(&t, user, err, errlen) != 0)
		return -1;
	if (geteuid() == 0 && t.found && become(&t, err, errlen) != 0)
		return -1;
	if (user != NULL && geteuid() != t.uid)
		return err_line(err, errlen, "user %s: only root can become another user", user);
	*root = geteuid() == 0;
	return capabilities_drop(*root ? 1u << CAP_DAC_OVERRIDE : 0, err, errlen);
}
