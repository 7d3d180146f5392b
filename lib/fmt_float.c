/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fmt_float.c - floats as printf("%.7g") and doubles as printf("%f") print them in the C locale,
 * without printf.
 *
 * Every step is exact integer arithmetic and the one rounding is to nearest, ties to even, as
 * printf's; so there is no "close enough" case and no slow fallback.  Surprise: 128 bits are always
 * enough for a float m * 2^e. With s decimal places wanted it is below 10^(7-s), so m * 5^s is
 * below 10^7 * 2^(-e-s), which is under 2^128 from s = 45 on as e >= -149; else m < 2^24 does.
 */
#include <string.h>

#include "t2.h"

typedef unsigned __int128 u128;

static const uint64_t pow5[] = {
	1, 5, 25, 125, 625, 3125, 15625, 78125, 390625, 1953125, 9765625, 48828125, 244140625,
	1220703125, 6103515625, 30517578125, 152587890625, 762939453125, 3814697265625,
	19073486328125, 95367431640625, 476837158203125, 2384185791015625, 11920928955078125,
	59604644775390625, 298023223876953125, 1490116119384765625, 7450580596923828125,
};

#define POW5_MAX 27

/* 10^-45 to 10^39; that most are rounded does not matter, see float_digits */
static const double ten_to[] = {
	1e-45, 1e-44, 1e-43, 1e-42, 1e-41, 1e-40, 1e-39, 1e-38, 1e-37, 1e-36, 1e-35, 1e-34, 1e-33,
	1e-32, 1e-31, 1e-30, 1e-29, 1e-28, 1e-27, 1e-26, 1e-25, 1e-24, 1e-23, 1e-22, 1e-21, 1e-20,
	1e-19, 1e-18, 1e-17, 1e-16, 1e-15, 1e-14, 1e-13, 1e-12, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7,
	1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10,
	1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25,
	1e26, 1e27, 1e28, 1e29, 1e30, 1e31, 1e32, 1e33, 1e34, 1e35, 1e36, 1e37, 1e38, 1e39,
};

#define TEN_TO_0 45	/* index of 1e0 */

/* x / 2^shift, to nearest and ties to even; shift 0 to 127 */
static inline uint64_t
shift_round(u128 x, int shift)
{
	if (shift == 0)
		return (uint64_t)x;
	u128 half = (u128)1 << (shift - 1);
	uint64_t q = (uint64_t)(x >> shift);
	u128 rest = x & (2 * half - 1);
	return q + (rest > half || (rest == half && (q & 1)));
}

/* x / y, to nearest and ties to even; 64 bits when they do, for __udivti3 is slow */
static uint64_t
divide_round(u128 x, u128 y)
{
	u128 q, rest;

	if (x <= UINT64_MAX && y <= UINT64_MAX) {
		q = (uint64_t)x / (uint64_t)y;
		rest = (uint64_t)x % (uint64_t)y;
	} else {
		q = x / y;
		rest = x - q * y;
	}
	return (uint64_t)q + (rest > y - rest || (rest == y - rest && (q & 1)));
}

/* 5^n, n to 2 * POW5_MAX */
static inline u128
power5(int n)
{
	return n <= POW5_MAX ? pow5[n] : (u128)pow5[POW5_MAX] * pow5[n - POW5_MAX];
}

/*
 * The seven digits of m * 2^e (m not 0) as an integer, and in *exp10 the exponent of the first. The
 * comparison with a rounded power of ten can err only for a float closer to that power than half a
 * double's last place; it then gets one place too few or too many, which rounds to the same digits.
 */
static uint32_t
float_digits(uint32_t m, int e, double v, int *exp10)
{
	int top = 31 - __builtin_clz(m) + e;
	int k = (top * 78913) >> 18;	/* floor(top * log10(2)) for |top| < 1650 */
	uint64_t q;

	if (v >= ten_to[TEN_TO_0 + k + 1])
		k++;
	int s = 6 - k;
	if (s < 0)
		q = divide_round((u128)m << e, power5(-s) << -s);
	else if (s <= POW5_MAX)
		q = shift_round((u128)m * pow5[s], -(e + s));
	else
		q = shift_round(m * power5(s), -(e + s));
	if (q == 10000000) {
		q = 1000000;
		k++;
	}
	*exp10 = k;
	return (uint32_t)q;
}

/* The rule of %g: exponent form below 1e-4 and from 1e7, no trailing zeros, no bare point. */
static char *
put_general(char *p, const char *dig, int n, int k)
{
	if (k < -4 || k >= 7) {
		*p++ = dig[0];
		if (n > 1) {
			*p++ = '.';
			memcpy(p, dig + 1, (size_t)n - 1);
			p += n - 1;
		}
		*p++ = 'e';
		*p++ = k < 0 ? '-' : '+';
		unsigned x = (unsigned)(k < 0 ? -k : k);
		*p++ = (char)('0' + x / 10);
		*p++ = (char)('0' + x % 10);
		return p;
	}
	if (k < 0) {
		memcpy(p, "0.000", 5);
		p += 1 - k;
		memcpy(p, dig, (size_t)n);
		return p + n;
	}
	int whole = k + 1;	/* dig has zeros enough behind its n */
	memcpy(p, dig, (size_t)whole);
	p += whole;
	if (n > whole) {
		*p++ = '.';
		memcpy(p, dig + whole, (size_t)(n - whole));
		p += n - whole;
	}
	return p;
}

static char *
put_special(char *p, bool inf)
{
	memcpy(p, inf ? "inf" : "nan", 3);
	return p + 3;
}

/* At most 13 bytes ("-1.234567e-38"). */
char *
fmt_float(char *p, float v)
{
	char dig[8];
	uint32_t bits;
	int k;

	memcpy(&bits, &v, sizeof bits);
	if (bits >> 31) {
		*p++ = '-';
		v = -v;
	}
	int exp = bits >> 23 & 0xff;
	uint32_t m = bits & 0x7fffff;
	if (exp == 0xff)
		return put_special(p, m == 0);
	if (v < 1e7F && (float)(uint32_t)v == v)	/* counts kept as floats are usual */
		return fmt_u64(p, (uint32_t)v);
	if (exp > 0)
		m |= 0x800000;
	else
		exp = 1;
	fmt_u64(dig, float_digits(m, exp - 150, (double)v, &k));
	int n = 7;
	while (dig[n - 1] == '0')
		n--;
	return put_general(p, dig, n, k);
}

/* m * 2^e for e > 0, any size: 32-bit limbs, divided by 10^9 until nothing is left */
static char *
put_huge(char *p, uint64_t m, int e)
{
	uint32_t limb[34] = {0}, chunk[35];
	int n = e / 32, chunks = 0;
	u128 x = (u128)m << e % 32;

	for (; x; x >>= 32)
		limb[n++] = (uint32_t)x;
	while (n > 0) {
		uint64_t rest = 0;
		for (int i = n - 1; i >= 0; i--) {
			rest = rest << 32 | limb[i];
			limb[i] = (uint32_t)(rest / 1000000000);
			rest %= 1000000000;
		}
		chunk[chunks++] = (uint32_t)rest;
		while (n > 0 && limb[n - 1] == 0)
			n--;
	}
	p = fmt_u64(p, chunk[--chunks]);
	while (chunks > 0) {
		char t[10];
		fmt_u64(t, 1000000000 + (uint64_t)chunk[--chunks]);	/* the 1 keeps the zeros */
		memcpy(p, t + 1, 9);
		p += 9;
	}
	return p;
}

/* At most 317 bytes. */
char *
fmt_double(char *p, double v)
{
	uint64_t bits, whole = 0, micro = 0;

	memcpy(&bits, &v, sizeof bits);
	if (bits >> 63)
		*p++ = '-';
	int e = bits >> 52 & 0x7ff;
	uint64_t m = bits & ((UINT64_C(1) << 52) - 1);
	if (e == 0x7ff)
		return put_special(p, m == 0);
	if (e > 0)
		m |= UINT64_C(1) << 52;
	else
		e = 1;
	e -= 1075;
	if (e > 11) {
		p = put_huge(p, m, e);
	} else {
		if (e >= 0) {
			whole = m << e;
		} else if (e >= -74) {	/* below: under half a millionth, for m * 10^6 < 2^73 */
			whole = e > -64 ? m >> -e : 0;
			uint64_t part = e > -64 ? m - (whole << -e) : m;
			micro = shift_round((u128)part * 1000000, -e);
		}
		if (micro == 1000000) {
			whole++;
			micro = 0;
		}
		p = fmt_u64(p, whole);
	}
	char *end = fmt_u64(p, 1000000 + micro);
	*p = '.';	/* in place of the 1 that keeps the zeros */
	return end;
}
