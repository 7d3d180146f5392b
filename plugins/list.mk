# The built-in plugins; build/plugins.c is made from this list. Columns follow each plugin's .order.
PLUGINS = protoStats basicFlow basicStats tcpStates icmpDecode connStat tcpFlags macRecorder portClassifier
