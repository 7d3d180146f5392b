# SPDX-License-Identifier: BSD-2-Clause
# fuzz.mk - programs that damage captures; the sanitizers' objects are those of make asan.
#
#   make -f tests/fuzz/fuzz.mk t2fuzz       $(BUILD)/asan/tests/fuzz/t2fuzz, see damage.c
#   make -f tests/fuzz/fuzz.mk libfuzzer    a run of clang's libFuzzer, FUZZ_SECONDS=300

include Makefile

FUZZ_SECONDS ?= 300
FUZZ_MK   = $(MAKE) --no-print-directory -s -f tests/fuzz/fuzz.mk \
	CFLAGS='-O1 -g -fno-omit-frame-pointer'
FUZZ_SAN := -fsanitize=address,undefined -fno-sanitize-recover=all
FUZZ_DIR := $(BUILD)/fuzz

.PHONY: t2fuzz libfuzzer

t2fuzz:
	@$(FUZZ_MK) BUILD=$(BUILD)/asan SAN='$(FUZZ_SAN)' $(BUILD)/asan/tests/fuzz/t2fuzz

# Findings are $(FUZZ_DIR)/crash-* and the like; the corpus stays and grows from run to run.
libfuzzer:
	@$(FUZZ_MK) CC=clang BUILD=$(FUZZ_DIR) SAN='$(FUZZ_SAN) -fsanitize=fuzzer-no-link' \
	    $(FUZZ_DIR)/tests/fuzz/libfuzzer
	@/usr/bin/python3 tests/fuzz/seeds.py $(FUZZ_DIR)/corpus
	@tests/fuzz/share $(FUZZ_DIR)/share
	T2_SHARE=$(FUZZ_DIR)/share $(FUZZ_DIR)/tests/fuzz/libfuzzer -max_total_time=$(FUZZ_SECONDS) \
	    -max_len=16384 -timeout=10 -print_final_stats=1 -artifact_prefix=$(FUZZ_DIR)/ \
	    $(FUZZ_DIR)/corpus

$(BUILD)/tests/fuzz/t2fuzz: $(OBJ)/tests/fuzz/t2fuzz.o $(OBJ)/tests/fuzz/dumped.o \
	$(OBJ)/tests/fuzz/damage.o $(BUILD)/lib/libt2.a
	@mkdir -p $(@D)
	$(LINK)
$(BUILD)/tests/fuzz/libfuzzer: $(OBJ)/tests/fuzz/t2fuzz.o $(OBJ)/tests/fuzz/dumped.o $(BUILD)/lib/libt2.a
	@mkdir -p $(@D)
	$(LINK) -fsanitize=fuzzer

-include $(wildcard $(OBJ)/tests/fuzz/*.d)
