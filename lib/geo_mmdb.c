/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * geo_mmdb.c - labels from MaxMind-format databases (https://maxmind.github.io/MaxMind-DB/).
 *
 * What a database knows is told by the fields of its records, not by its name: the nested
 * layout of GeoLite2 and GeoIP2 and the flat one of ip-location-db are both understood.  The
 * library checks all offsets; texts are cut at control characters, as they end up in a table.
 */
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo_priv.h"

typedef const char *const mmdb_path[3];

static bool
value_get(MMDB_entry_s *entry, mmdb_path path, MMDB_entry_data_s *data)
{
	return MMDB_aget_value(entry, data, path) == MMDB_SUCCESS && data->has_data;
}

static bool
number_get(MMDB_entry_s *entry, mmdb_path path, double *out)
{
	MMDB_entry_data_s data;

	if (!value_get(entry, path, &data))
		return false;
	switch (data.type) {
	case MMDB_DATA_TYPE_DOUBLE: *out = data.double_value; return true;
	case MMDB_DATA_TYPE_FLOAT: *out = (double)data.float_value; return true;
	case MMDB_DATA_TYPE_UINT16: *out = data.uint16; return true;
	case MMDB_DATA_TYPE_UINT32: *out = data.uint32; return true;
	case MMDB_DATA_TYPE_INT32: *out = data.int32; return true;
	default: return false;
	}
}

static void
cc_find(MMDB_entry_s *entry, const struct geo_pairs *pairs, struct geo_label *label)
{
	static mmdb_path paths[] = {
		{ "country", "iso_code" }, { "country_code" }, { "registered_country", "iso_code" },
		{ "country" },
	};
	MMDB_entry_data_s data;
	const char *cc;

	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		if (!value_get(entry, paths[i], &data) || data.type != MMDB_DATA_TYPE_UTF8_STRING)
			continue;
		if ((cc = geo_cc(pairs, data.utf8_string, data.data_size)) == NULL)
			continue;
		label->cc = cc;
		label->cclen = 2;
		return;
	}
}

static void
who_find(MMDB_entry_s *entry, struct geo_label *label)
{
	static mmdb_path paths[] = {
		{ "organization" }, { "autonomous_system_organization" }, { "as_name" },
	};
	MMDB_entry_data_s data;
	const char *s;
	uint32_t n;

	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		if (!value_get(entry, paths[i], &data) || data.type != MMDB_DATA_TYPE_UTF8_STRING)
			continue;
		s = data.utf8_string;
		for (n = 0; n < data.data_size; n++)
			if ((unsigned char)s[n] < 0x20 || s[n] == 0x7f)
				break;
		if (n == 0)
			continue;
		label->who = s;
		label->wholen = n;
		return;
	}
}

static void
place_find(MMDB_entry_s *entry, struct geo_label *label)
{
	static mmdb_path lat[] = { { "location", "latitude" }, { "latitude" } };
	static mmdb_path lng[] = { { "location", "longitude" }, { "longitude" } };
	static mmdb_path radius = { "location", "accuracy_radius" };
	double a, b;

	for (size_t i = 0; i < 2; i++) {
		if (!number_get(entry, lat[i], &a) || !number_get(entry, lng[i], &b))
			continue;
		if (!(a >= -90 && a <= 90 && b >= -180 && b <= 180))
			continue;
		label->lat = (float)a;
		label->lng = (float)b;
		if (number_get(entry, radius, &a) && a >= 0 && a < 40000)
			label->radius = (float)a;
		return;
	}
}

static bool
entry_find(const struct geo_mmdb *m, int version, const uint8_t *addr, MMDB_lookup_result_s *hit)
{
	struct sockaddr_in sin = { .sin_family = AF_INET };
	struct sockaddr_in6 sin6 = { .sin6_family = AF_INET6 };
	const void *sa = version == 4 ? (const void *)&sin : &sin6;
	int status;

	if (version == 4)
		memcpy(&sin.sin_addr, addr, 4);
	else
		memcpy(&sin6.sin6_addr, addr, 16);
	if (version == 6 && m->db.metadata.ip_version == 4)
		return false;
	*hit = MMDB_lookup_sockaddr(&m->db, sa, &status);
	return status == MMDB_SUCCESS && hit->found_entry;
}

static void
entry_read(MMDB_entry_s *entry, const struct geo_pairs *pairs, struct geo_label *label)
{
	static mmdb_path asn = { "autonomous_system_number" };
	double n;

	cc_find(entry, pairs, label);
	who_find(entry, label);
	place_find(entry, label);
	if (number_get(entry, asn, &n) && n >= 0 && n <= UINT32_MAX)
		label->asn = (uint32_t)n;
}

void
geo_mmdb_find(const struct geo_mmdb *m, const struct geo_pairs *pairs, int version,
    const uint8_t *addr, struct geo_label *label)
{
	MMDB_lookup_result_s hit;

	geo_label_clear(label);
	if (entry_find(m, version, addr, &hit))
		entry_read(&hit.entry, pairs, label);
}

int
geo_mmdb_net(const struct geo_mmdb *m, const struct geo_pairs *pairs, int version,
    const uint8_t *addr)
{
	/* IPv4 lies in the first 96 zero bits of a database that has both */
	int above = version == 4 && m->db.metadata.ip_version == 6 ? 96 : 0;
	MMDB_lookup_result_s hit;
	struct geo_label l;

	geo_label_clear(&l);
	if (!entry_find(m, version, addr, &hit))
		return -1;
	entry_read(&hit.entry, pairs, &l);
	if (l.cc[0] == '-' && memcmp(l.who, "--", 2) == 0 && l.wholen == 2 && l.asn == 0 &&
	    l.lat > 360)
		return -1;
	return hit.netmask > above ? hit.netmask - above : 0;
}

int
geo_mmdb_open(struct geo_mmdb *m, const char *path, char *err, size_t errlen)
{
	int status;

	*m = (struct geo_mmdb){ .path = strdup(path) };
	status = m->path == NULL ? MMDB_OUT_OF_MEMORY_ERROR :
	    MMDB_open(path, MMDB_MODE_MMAP, &m->db);
	if (status == MMDB_SUCCESS)
		return 0;
	snprintf(err, errlen, "%s: %s", path, MMDB_strerror(status));
	free(m->path);
	return -1;
}

void
geo_mmdb_describe(const struct geo_mmdb *m, FILE *out)
{
	const char *type = m->db.metadata.database_type;
	time_t built = (time_t)m->db.metadata.build_epoch;
	char date[32] = "no date";
	struct tm tm;

	if (gmtime_r(&built, &tm) != NULL)
		strftime(date, sizeof date, "%Y-%m-%d", &tm);
	fprintf(out, "[INF] basicFlow: %s: ", m->path);
	for (; type != NULL && *type != '\0'; type++)
		putc((unsigned char)*type < 0x20 || *type == 0x7f ? '?' : *type, out);
	fprintf(out, ", %s\n", date);
}

void
geo_mmdb_close(struct geo_mmdb *m)
{
	MMDB_close(&m->db);
	free(m->path);
}
