/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cap_live.c - the packets of a network interface, through libpcap's ring buffer.
 *
 * The ring gives a block back to the kernel as soon as its last packet was read, so each batch is
 * copied out.  Surprise: the end of a run is a point in time: packets that came before it are still
 * taken out of the ring, those behind it are not.
 */
#include <pcap.h>
#include <stdlib.h>
#include <time.h>

#include "priv.h"
#include "signals.h"

/* a block of the ring is handed over when it is full or that old */
enum { BLOCK_MS = 100, DRAIN_MS = 3 * BLOCK_MS, STATS_EVERY = 1 << 16, COOKED = 64 };

struct cap_live {
	pcap_t *pcap;
	int fd;
	uint8_t *buf;                   /* the packets of a batch, one behind the other */
	uint32_t most;                  /* bytes of a packet that have room there */
	struct pkt_copy {
		int64_t ts;
		uint32_t caplen, wirelen;
		const uint8_t *data;
	} v[BATCH];
	int n, used;                    /* packets in v; those delivered */
	size_t fill;                    /* bytes in buf */
	int64_t until;                  /* wall clock at which the run is to end, 0 open */
	int64_t drained;                /* monotonic clock when nothing more can be in the ring */
	uint32_t fills;
	struct pcap_stat last;          /* as told last: its counters have 32 bits */
};

static void
take(unsigned char *arg, const struct pcap_pkthdr *h, const unsigned char *data)
{
	struct cap_live *l = (struct cap_live *)(void *)arg;
	struct pkt_copy *p = &l->v[l->n++];
	/* the header that libpcap puts in front of cooked packets adds to the snap length */
	uint32_t n = h->caplen < l->most ? h->caplen : l->most;

	memcpy(l->buf + l->fill, data, n);
	/* asked for nanoseconds, libpcap puts them into tv_usec */
	*p = (struct pkt_copy){ h->ts.tv_sec * NS_PER_SEC + h->ts.tv_usec, n, h->len,
	    l->buf + l->fill };
	l->fill += (n + 7u) & ~(size_t)7;
}

void
cap_live_stats(struct cap *c)
{
	struct cap_live *l = c->file.live;
	struct pcap_stat now;

	if (l == NULL || pcap_stats(l->pcap, &now) != 0)
		return;
	c->stats.dropped += now.ps_drop - l->last.ps_drop;
	c->stats.lost += now.ps_ifdrop - l->last.ps_ifdrop;
	/* what the kernel dropped is in both of its numbers */
	c->stats.received += now.ps_recv - l->last.ps_recv - (now.ps_drop - l->last.ps_drop);
	l->last = now;
}

/* Time to end: false if packets from before may still come. */
static void
end_now(struct cap_live *l)
{
	l->until = clock_wall_ns();
	l->drained = clock_ns() + DRAIN_MS * (NS_PER_SEC / 1000);
}

bool
cap_live_end(struct cap *c)
{
	if (c->file.live == NULL)
		return true;
	if (c->file.live->until == 0)
		end_now(c->file.live);
	return false;
}

/* Waits for packets; false: the run is over. */
static bool
wait_more(struct cap *c, struct cap_live *l)
{
	int64_t left;

	if (l->until == 0) {
		if (cap_more(c, l->fd))
			return true;
		if (!signals_stop())
			return false;
		c->stopped = false;     /* not before the ring is empty */
		end_now(l);
	}
	left = (l->drained - clock_ns()) / (NS_PER_SEC / 1000);
	if (left <= 0)
		return false;
	signals_wait(l->fd, (int)left);
	return true;
}

static enum cap_result
fill(struct cap_file *f)
{
	struct cap_live *l = f->live;
	int r;

	if (++l->fills % STATS_EVERY == 0)
		cap_live_stats(f->cap);
	do {
		l->n = l->used = 0;
		l->fill = 0;
		if ((r = pcap_dispatch(l->pcap, BATCH, take, (unsigned char *)l)) < 0) {
			snprintf(f->why, sizeof(f->why), "%.*s", (int)sizeof(f->why) - 1,
			    pcap_geterr(l->pcap));
			return CAP_DAMAGED;
		}
	} while (l->n == 0 && wait_more(f->cap, l));
	return l->n > 0 ? CAP_PACKET : CAP_END;
}

static enum cap_result
next(struct cap_file *f, struct pkt *p, bool refill)
{
	struct cap_live *l = f->live;
	const struct pkt_copy *s;
	enum cap_result r;

	if (l->used == l->n) {
		if (!refill)
			return CAP_MORE;
		if ((r = fill(f)) != CAP_PACKET)
			return r;
	}
	s = &l->v[l->used];
	if (l->until != 0 && s->ts > l->until)
		return CAP_END;
	l->used++;
	p->off = 0;
	p->reclen = 0;
	p->data = s->data;
	p->ts = s->ts;
	p->caplen = s->caplen;
	p->wirelen = s->wirelen;
	p->linktype = f->linktype;
	return CAP_PACKET;
}

static int
filter_set(pcap_t *pcap, const char *filter, char *err, size_t errlen)
{
	struct bpf_program prog;
	int r;

	if (pcap_compile(pcap, &prog, filter, 1, PCAP_NETMASK_UNKNOWN) != 0) {
		snprintf(err, errlen, "filter '%s': %s", filter, pcap_geterr(pcap));
		return -1;
	}
	if ((r = pcap_setfilter(pcap, &prog)) != 0)
		snprintf(err, errlen, "filter '%s': %s", filter, pcap_geterr(pcap));
	pcap_freecode(&prog);
	return r;
}

static int
activate(struct cap *c, pcap_t *pcap, const char *iface)
{
	char text[512];
	const struct cap_live_conf *conf = c->live_conf;
	int r;

	pcap_set_snaplen(pcap, (int)conf->snaplen);
	pcap_set_promisc(pcap, conf->promisc);
	pcap_set_timeout(pcap, BLOCK_MS);
	pcap_set_buffer_size(pcap, (int)conf->buffer);
	pcap_set_tstamp_precision(pcap, PCAP_TSTAMP_PRECISION_NANO);
	r = pcap_activate(pcap);
	if (r < 0) {
		const char *more = pcap_geterr(pcap);

		snprintf(c->err, sizeof(c->err), "%s: %s%s%s", iface, pcap_statustostr(r),
		    *more != '\0' ? ": " : "", more);
		return -1;
	}
	if (r > 0) {
		snprintf(text, sizeof(text), "%s: %s", iface,
		    r == PCAP_WARNING ? pcap_geterr(pcap) : pcap_statustostr(r));
		cap_say(c, CAP_WARN, text);
	}
	return 0;
}

int
cap_live_open(struct cap *c, const char *iface)
{
	struct cap_file *f = &c->file;
	struct cap_live *l = calloc(1, sizeof(*l));
	char why[PCAP_ERRBUF_SIZE] = "";

	*f = (struct cap_file){ .in.fd = -1, .live = l, .cap = c, .next = next };
	if (l != NULL) {
		l->most = (c->live_conf->snaplen + COOKED + 7u) & ~7u;
		l->buf = malloc((size_t)BATCH * l->most);
	}
	if (l == NULL || l->buf == NULL) {
		snprintf(c->err, sizeof(c->err), "out of memory");
		return -1;
	}
	if ((l->pcap = pcap_create(iface, why)) == NULL) {
		snprintf(c->err, sizeof(c->err), "%s: %.400s", iface, why);
		return -1;
	}
	if (activate(c, l->pcap, iface) != 0 || (c->filter != NULL &&
	    filter_set(l->pcap, c->filter, c->err, sizeof(c->err)) != 0))
		return -1;
	if (pcap_setnonblock(l->pcap, 1, why) != 0) {
		snprintf(c->err, sizeof(c->err), "%s: %.400s", iface, why);
		return -1;
	}
	l->fd = pcap_get_selectable_fd(l->pcap);
	f->linktype = cap_linktype(pcap_datalink(l->pcap));
	f->snaplen = (uint32_t)pcap_snapshot(l->pcap);
	c->live = true;
	return 0;
}

/* Nobody shall believe that all is there. */
static void
say_losses(struct cap *c)
{
	const struct cap_stats *s = &c->stats;
	char text[512];

	if (s->dropped + s->lost == 0)
		return;
	snprintf(text, sizeof(text), "%s: packets lost: %ju dropped by the kernel, %ju by the "
	    "interface; received: %ju", c->path[c->next - 1], (uintmax_t)s->dropped,
	    (uintmax_t)s->lost, (uintmax_t)s->received);
	cap_say(c, CAP_WARN, text);
}

void
cap_live_close(struct cap *c)
{
	struct cap_live *l = c->file.live;

	if (l == NULL)
		return;
	if (l->pcap != NULL) {
		cap_live_stats(c);
		say_losses(c);
		pcap_close(l->pcap);
	}
	free(l->buf);
	free(l);
	c->file.live = NULL;
}
