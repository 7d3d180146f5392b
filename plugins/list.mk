# The built-in plugins; build/plugins.c is made from this list. Columns follow each plugin's .order.
PLUGINS = protoStats basicFlow basicStats tcpStates icmpDecode connStat tcpFlags macRecorder portClassifier
# Plugins with a library of their own, which stay out of libt2: each a .so, and its pkg-config name.
PLUGINS_SO = regex
SO_regex = libpcre2-8
