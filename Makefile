# SPDX-License-Identifier: BSD-2-Clause
# t2 - everything is built into $(BUILD); $(BUILD)/bin/NAME runs in place.
#
#   make          all tools            make check    all tests (installs what they need)
#   make demo     build and show       make bench    speed beside a bare libpcap loop
#   make asan     sanitizer build      make fuzz     coverage-guided, FUZZ_SECONDS=300
#   make install  PREFIX=/usr/local, LIBDIR=$(PREFIX)/lib, DESTDIR=; make uninstall with the same
#   make deb      Debian packages in $(BUILD)/deb
#   make gallery  the pictures of README.md

BUILD   ?= build
PREFIX  ?= /usr/local
LIBDIR  ?= $(PREFIX)/lib
# 1: tools use libt2.so.0, as in the Debian packages; else each has the library inside
SHARED  ?=
CC      ?= cc
CFLAGS  ?= -O2 -g
WERROR  ?=
VERSION := $(shell sed -n 's/^\#define T2_VERSION "\(.*\)".*/\1/p' lib/t2.h)

# Lazily expanded: make demo and make check install the packages first.
PKGS      = libbsd-overlay libmd libpcap libmaxminddb zlib libzstd
PKG_FLAGS = $(shell pkg-config --cflags $(PKGS))
LIBS      = $(shell pkg-config --libs $(PKGS)) -lm -ldl
WARN      = -Wall -Wextra -Wshadow -Wconversion $(WERROR)
ALL_FLAGS = -std=gnu11 -D_GNU_SOURCE $(CPPFLAGS) $(CFLAGS) $(WARN) -fPIC -MMD -MP -Ilib \
	-DT2_SHAREDIR='"$(PREFIX)/share/t2"' -DT2_LIBDIR='"$(LIBDIR)/t2"' $(SAN) $(PKG_FLAGS)
# Either way the whole library is visible to .so plugins.
ifeq ($(SHARED),)
LIBT2     = $(BUILD)/lib/libt2.a
LINK_T2   = -Wl,--whole-archive $(LIBT2) -Wl,--no-whole-archive $(LIBS)
else
LIBT2     = $(BUILD)/lib/libt2.so
LINK_T2   = -Wl,--as-needed -L$(BUILD)/lib -lt2 $(LIBS)
export LD_LIBRARY_PATH := $(abspath $(BUILD)/lib)
endif
LINK      = $(CC) $(SAN) $(LDFLAGS) -rdynamic -o $@ $(filter %.o,$^) $(LINK_T2)

include lib/proto/list.mk
include plugins/list.mk

OBJ      := $(BUILD)/obj
LIB_SRC  := $(wildcard lib/*.c) $(PROTOS:%=lib/proto/%.c) \
	$(wildcard $(PLUGINS:%=plugins/%.c) $(PLUGINS:%=plugins/%_*.c))
LIB_OBJ  := $(LIB_SRC:%.c=$(OBJ)/%.o) $(OBJ)/protos.o $(OBJ)/plugins.o
SO       := $(PLUGINS_SO:%=$(BUILD)/lib/t2/%.so)
TOOLS    := $(patsubst cmd/%.c,$(BUILD)/bin/%,$(wildcard cmd/*.c))
SCRIPTS  := $(patsubst cmd/%,$(BUILD)/bin/%,$(filter-out %.c,$(wildcard cmd/*)))
EXAMPLES := $(addprefix examples/,town.pcap README.md tutorial.md) \
	$(wildcard examples/geo/t2/*.txt examples/gallery/*.png)
SHARE    := $(patsubst share/%,$(BUILD)/share/t2/%,$(wildcard share/*.txt share/*.sh \
	    share/*.gp share/*.html share/profiles/*.conf share/skeleton/*)) \
	$(patsubst %,$(BUILD)/share/t2/%,$(wildcard awk/*.awk awk/*.tsv awk/fn/*.awk)) \
	$(BUILD)/share/t2/bits.tsv $(EXAMPLES:%=$(BUILD)/share/t2/%)
UNITS    := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/*.c))
COMP_BASH := $(PREFIX)/share/bash-completion/completions
COMP_ZSH := $(PREFIX)/share/zsh/site-functions
PC        = sed 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@VERSION@|$(VERSION)|' lib/t2.pc.in
NAMES    := $(notdir $(TOOLS) $(SCRIPTS))
HEADERS  := lib/t2.h lib/cur.h lib/names.h lib/pkt.h lib/table.h
# whoever builds may have plugins and settings of his own
T2COLS   := env XDG_CONFIG_HOME=/nonexistent XDG_DATA_HOME=/nonexistent $(BUILD)/bin/t2cols
MAN      := $(wildcard man/*.[1-8]) $(BUILD)/man/t2columns.5 $(BUILD)/man/t2awk.7

.PHONY: all lib demo check bench gallery asan install install-man uninstall deb clean units fuzz
.SECONDARY:

all: lib $(SO) $(TOOLS) $(SCRIPTS) $(SHARE) $(BUILD)/man/t2columns.5 $(BUILD)/man/t2awk.7
lib: $(BUILD)/lib/libt2.a $(BUILD)/lib/libt2.so $(BUILD)/lib/pkgconfig/t2.pc
units: $(UNITS)

# The registries of protocols and plugins are generated from their word lists.
$(OBJ)/protos.c: lib/proto/list.mk Makefile
	@mkdir -p $(@D)
	@{ echo '#include "priv.h"'; \
	for p in $(PROTOS); do echo "extern const struct proto $${p}_protos[];"; done; \
	echo 'const struct proto *const proto_list[] = {'; \
	for p in $(PROTOS); do echo "	$${p}_protos,"; done; echo '	NULL };'; } >$@
$(OBJ)/plugins.c: plugins/list.mk Makefile
	@mkdir -p $(@D)
	@{ echo '#include "priv.h"'; \
	for p in $(PLUGINS); do echo "extern const struct plugin $${p}_plugin;"; done; \
	echo 'const struct plugin *const plugin_builtin[] = {'; \
	for p in $(PLUGINS); do echo "	&$${p}_plugin,"; done; echo '	NULL };'; } >$@

$(OBJ)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_FLAGS) -c -o $@ $<
$(OBJ)/%.o: $(OBJ)/%.c
	$(CC) $(ALL_FLAGS) -c -o $@ $<

$(SO): $(BUILD)/lib/t2/%.so: plugins/%.c
	@mkdir -p $(@D) $(OBJ)/plugins
	$(CC) $(ALL_FLAGS) $(shell pkg-config --cflags $(SO_$*)) -MF $(OBJ)/plugins/$*.so.d -DT2_SO \
	    $(LDFLAGS) -shared -o $@ $< $(shell pkg-config --libs $(SO_$*))

$(BUILD)/lib/libt2.a: $(LIB_OBJ)
	@mkdir -p $(@D)
	rm -f $@ && $(AR) rcs $@ $(LIB_OBJ)
$(BUILD)/lib/libt2.so: $(LIB_OBJ)
	@mkdir -p $(@D)
	$(CC) $(SAN) $(LDFLAGS) -shared -Wl,-soname,libt2.so.0 \
	    -Wl,-Bsymbolic-functions -Wl,--as-needed -o $@.0 $(LIB_OBJ) $(LIBS)
	ln -sf libt2.so.0 $@
$(BUILD)/lib/pkgconfig/t2.pc: lib/t2.pc.in Makefile lib/t2.h
	@mkdir -p $(@D)
	$(PC) >$@

$(BUILD)/bin/%: $(OBJ)/cmd/%.o $(LIBT2)
	@mkdir -p $(@D)
	$(LINK)
$(SCRIPTS): $(BUILD)/bin/%: cmd/%
	@mkdir -p $(@D)
	cp $< $@ && chmod 755 $@
$(BUILD)/share/t2/%: share/%
	@mkdir -p $(@D)
	cp $< $@
$(BUILD)/share/t2/examples/%: examples/%
	@mkdir -p $(@D)
	cp $< $@
$(BUILD)/share/t2/awk/%: awk/%
	@mkdir -p $(@D)
	cp $< $@
$(BUILD)/share/t2/bits.tsv: $(BUILD)/bin/t2cols
	@mkdir -p $(@D)
	$(T2COLS) -a -b >$@
$(BUILD)/man/t2columns.5: man/t2columns.5.in $(BUILD)/bin/t2cols
	@mkdir -p $(@D)
	{ sed '/@COLUMNS@/,$$d' $<; $(T2COLS) -a -m; sed '1,/@COLUMNS@/d' $<; } >$@
$(BUILD)/man/t2awk.7: man/t2awk.7.in awk/doc.awk $(wildcard awk/fn/*.awk)
	@mkdir -p $(@D)
	{ sed '/@FUNCTIONS@/,$$d' $<; awk -v mode=mdoc -f awk/fn/near.awk -f awk/doc.awk awk/fn/*.awk; \
	    sed '1,/@FUNCTIONS@/d' $<; } >$@
$(BUILD)/tests/unit/%: $(OBJ)/tests/unit/%.o $(LIBT2)
	@mkdir -p $(@D)
	$(LINK)

demo:
	@tests/deps build
	@$(MAKE) --no-print-directory -s all
	@tests/demo $(BUILD)

check:
	@tests/deps build test
	@$(MAKE) --no-print-directory -s WERROR=-Werror all units
	@BUILD=$(BUILD) tests/run

bench:
	@tests/deps build bench
	@$(MAKE) --no-print-directory -s all
	@BUILD=$(BUILD) tests/bench/run $(BENCH)

gallery:
	@tests/deps build test gallery
	@$(MAKE) --no-print-directory -s all
	@BUILD=$(BUILD) tests/gallery

fuzz:
	@$(MAKE) --no-print-directory -s -f tests/fuzz/fuzz.mk BUILD=$(BUILD) libfuzzer

asan:
	$(MAKE) BUILD=$(BUILD)/asan CFLAGS='-O1 -g -fno-omit-frame-pointer' \
	    SAN='-fsanitize=address,undefined -fno-sanitize-recover=all' all units

# rm -rf of half a path must never happen
PATHS_OK  = $(foreach v,DESTDIR PREFIX LIBDIR,$(if $(word 2,$($(v))),$(error $(v) has a blank: $($(v)))))

install: all install-man
	@: $(PATHS_OK)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include/t2 $(DESTDIR)$(LIBDIR)/pkgconfig \
	    $(DESTDIR)$(PREFIX)/share/t2 $(DESTDIR)$(COMP_BASH) $(DESTDIR)$(COMP_ZSH) \
	    $(DESTDIR)$(LIBDIR)/t2
	install -m 755 $(TOOLS) $(SCRIPTS) $(DESTDIR)$(PREFIX)/bin
	install -m 644 $(HEADERS) $(DESTDIR)$(PREFIX)/include/t2
	install -m 644 $(BUILD)/lib/libt2.a $(BUILD)/lib/libt2.so.0 $(DESTDIR)$(LIBDIR)
	ln -sf libt2.so.0 $(DESTDIR)$(LIBDIR)/libt2.so
	install -m 755 $(SO) $(DESTDIR)$(LIBDIR)/t2
	$(PC) >$(DESTDIR)$(LIBDIR)/pkgconfig/t2.pc
	cp -R $(BUILD)/share/t2/. $(DESTDIR)$(PREFIX)/share/t2
	install -m 644 share/completion/t2.bash $(DESTDIR)$(COMP_BASH)/t2
	cd $(DESTDIR)$(COMP_BASH) && for t in $(filter-out t2,$(NAMES)); do ln -sf t2 $$t || exit 1; done
	install -m 644 share/completion/_t2 $(DESTDIR)$(COMP_ZSH)

install-man: $(MAN)
	@: $(PATHS_OK)
	for m in $(MAN); do d=$(DESTDIR)$(PREFIX)/share/man/man$${m##*.}; \
	    install -d $$d && install -m 644 $$m $$d || exit 1; done

uninstall:
	@: $(PATHS_OK)
	rm -f $(NAMES:%=$(DESTDIR)$(PREFIX)/bin/%) $(NAMES:%=$(DESTDIR)$(COMP_BASH)/%)
	rm -f $(addprefix $(DESTDIR)$(LIBDIR)/,libt2.a libt2.so libt2.so.0 pkgconfig/t2.pc)
	rm -rf $(DESTDIR)$(LIBDIR)/t2 $(DESTDIR)$(PREFIX)/share/t2 $(DESTDIR)$(PREFIX)/include/t2
	rm -f $(DESTDIR)$(COMP_ZSH)/_t2
	for m in $(MAN); do rm -f $(DESTDIR)$(PREFIX)/share/man/man$${m##*.}/$${m##*/}; done
	-cd $(DESTDIR)$(PREFIX) && rmdir -p --ignore-fail-on-non-empty include \
	    share/bash-completion/completions share/zsh/site-functions 2>/dev/null

# In a copy, so that nothing appears in the tree or beside it.
deb:
	@tests/deps build deb
	rm -rf $(BUILD)/deb && mkdir -p $(BUILD)/deb/t2
	tar -cf - --exclude=./$(BUILD) --exclude=./.git . | tar -xf - -C $(BUILD)/deb/t2
	cd $(BUILD)/deb/t2 && env -u MAKEFLAGS -u BUILD dpkg-buildpackage -b -us -uc
	rm -rf $(BUILD)/deb/t2
	lintian --allow-root --fail-on error,warning $(BUILD)/deb/*.changes
	ls $(BUILD)/deb/*.deb

clean:
	rm -rf $(BUILD)

-include $(LIB_OBJ:.o=.d) $(PLUGINS_SO:%=$(OBJ)/plugins/%.so.d) $(patsubst %.c,$(OBJ)/%.d,$(wildcard cmd/*.c tests/unit/*.c))
