#!/usr/bin/env bats
# SPDX-License-Identifier: BSD-2-Clause
#
# stats.bats - the numbers of basicStats: the worked examples (BS_STD=0 is the rule of the
# reference), switches, textbook deviations.  Captures: craft/stats.py.

setup() {
	load lib
}

counts='dir numPktsSnt numPktsRcvd numBytesSnt numBytesRcvd'
sizes='minPktSz maxPktSz avePktSize stdPktSize'
times='minIAT maxIAT aveIAT stdIAT'
rates='pktps bytps pktAsm bytAsm'

# columns OPTION...: the names of the columns that basicStats prints
columns() {
	t2flow -p basicFlow,basicStats "$@" -r "$(crafted stats-instant)" | head -n 1 |
	    tr '\t' '\n' | sed '1,/^l4Proto$/d' | tr '\n' ' '
}

@test "three packets and an answer" {
	is "$(flows stats-example "$counts $sizes $times $rates")" <<-E
	A 3 1 900 50 100 600 300 175.5942 0 2 0.8333334 0.6888665 1.2 360 0.5 0.8947368
	B 1 3 50 900 50 50 50 0 0 0 0 0 0 0 -0.5 -0.8947368
	E
}

@test "two packets at the same instant" {
	is "$(flows stats-instant "$counts $sizes $times $rates")" <<-E
	A 2 0 40 0 10 30 20 7.071068 0 0 0 0 0 0 1 1
	E
}

@test "times that run backwards" {
	is "$(flows stats-backwards "$counts $sizes $times $rates")" <<-E
	A 4 0 80 0 10 30 20 5 -0.5 1.5 0.25 0.6468406 4 80 1 1
	E
}

@test "flow 4045 of the tutorial, to the last digit" {
	is "$(flows stats-seed "$counts $sizes $times $rates")" <<-E
	A 2 2 170 210 68 102 85 12.02081 0 0.121766 0.06088299 0.04305077 16.42495 1396.12 0 -0.1052632
	B 2 2 210 170 76 134 105 20.5061 0 0.030801 0.0154005 0.0108898 64.93295 6817.96 0 0.1052632
	E
}

@test "four sizes in order" {
	is "$(flows stats-four "$sizes $times")" <<-E
	36 46 40.5 2.534484 0 1 0.75 0.3254271
	E
}

@test "no payload, no bytes" {
	is "$(flows stats-empty "$counts $sizes $times $rates")" <<-E
	A 2 1 0 0 0 0 0 0 0 4 2 1.414214 0.5 0 0.3333333 0
	B 1 2 0 0 0 0 0 0 0 0 0 0 0 0 -0.3333333 0
	E
}

@test "a lone answer" {
	is "$(flows stats-synack "$counts $sizes $rates")" <<-E
	A 1 0 7 0 7 7 7 0 0 0 1 1
	E
}

@test "layer 2 flows have statistics too" {
	is "$(flows stats-sides "$counts $sizes $times $rates")" <<-E
	A 10 4 1000 4000 100 100 100 0 0 1 0.9 0.2344712 1.111111 111.1111 0.4285714 -0.6
	B 4 10 4000 1000 1000 1000 1000 0 0 1 0.75 0.3254271 1.333333 1333.333 -0.4285714 0.6
	A 1 0 28 0 28 28 28 0 0 0 0 0 0 0 1 1
	E
}

@test "twenty thousand packets" {
	is "$(flows stats-many "$counts $sizes $times $rates")" <<-E
	A 20000 0 13990200 0 0 1399 699.51 404.0637 0 0.001 0.0009997694 5.681264e-06 1000.05 699544.9 1 1
	E
}

@test "BS_STD: 1 population, 2 sample deviation" {
	is "$(flows stats-example 'aveIAT stdPktSize stdIAT' -o BS_STD=1 | tail -n 1)" <<-E
	0 0 0
	E
	is "$(flows stats-example 'aveIAT stdPktSize stdIAT' -o BS_STD=2 | head -n 1)" <<-E
	0.8333333 264.5751 1.040833
	E
	is "$(flows stats-four 'stdPktSize stdIAT' -o BS_STD=1)" <<-E
	3.570714 0.4330127
	E
	is "$(flows stats-four 'stdPktSize stdIAT' -o BS_STD=2)" <<-E
	4.123106 0.5
	E
	is "$(flows stats-synack 'stdPktSize stdIAT' -o BS_STD=2)" <<-E
	0 0
	E
}

@test "switches take columns away and add them" {
	is "$(columns)" <<-E
	numPktsSnt numPktsRcvd numBytesSnt numBytesRcvd minPktSz maxPktSz avePktSize stdPktSize minIAT maxIAT aveIAT stdIAT pktps bytps pktAsm bytAsm 
	E
	is "$(columns -o BS_STATS=0)" <<-E
	numPktsSnt numPktsRcvd numBytesSnt numBytesRcvd 
	E
	is "$(columns -o BS_STATS=0 -o BS_REV_CNT=0)" <<-E
	numPktsSnt numBytesSnt 
	E
	is "$(columns -o BS_PL_STATS=0)" <<-E
	numPktsSnt numPktsRcvd numBytesSnt numBytesRcvd minIAT maxIAT aveIAT stdIAT pktps bytps pktAsm bytAsm 
	E
	is "$(columns -o BS_IAT_STATS=0)" <<-E
	numPktsSnt numPktsRcvd numBytesSnt numBytesRcvd minPktSz maxPktSz avePktSize stdPktSize pktps bytps pktAsm bytAsm 
	E
	is "$(columns -o BS_STDDEV=0)" <<-E
	numPktsSnt numPktsRcvd numBytesSnt numBytesRcvd minPktSz maxPktSz avePktSize minIAT maxIAT aveIAT pktps bytps pktAsm bytAsm 
	E
	is "$(columns -o BS_VAR=1)" <<-E
	numPktsSnt numPktsRcvd numBytesSnt numBytesRcvd minPktSz maxPktSz avePktSize varPktSize stdPktSize minIAT maxIAT aveIAT varIAT stdIAT pktps bytps pktAsm bytAsm 
	E
	is "$(columns -o BS_AGRR_CNT=1 -o BS_STATS=0)" <<-E
	numPktsSnt numPktsRcvd numPktsRTAggr numBytesSnt numBytesRcvd numBytesRTAggr 
	E
}

@test "BS_VAR and BS_AGRR_CNT: their values" {
	is "$(flows stats-example 'varPktSize varIAT numPktsRTAggr numBytesRTAggr' -o BS_VAR=1,BS_AGRR_CNT=1)" <<-E
	30833.33 0.474537 4 950
	0 0 4 950
	E
}

@test "BS_XCLD: which sizes enter the statistics, counts include all" {
	for n in 0 1 2 3 4; do
		flows stats-classes 'numPktsSnt numBytesSnt minPktSz maxPktSz avePktSize' \
		    -o "BS_XCLD=$n,BS_XMIN=100,BS_XMAX=200"
	done >"$BATS_TEST_TMPDIR/rows"
	is "$(cat "$BATS_TEST_TMPDIR/rows")" <<-E
	7 805 5 201 115
	7 805 150 201 268.3333
	7 805 5 150 161
	7 805 100 200 268.3333
	7 805 5 201 201.25
	E
}
