package dev.gatehouse.watch.collector;

/** A source of samples that can fail and be slow by itself. */
public enum Collector {
  NETSTAT("netstat"),
  CONNECTIONS("connections"),
  NAMESPACES("namespaces"),
  SYSTEM("system"),
  PRESSURE("pressure"),
  DISK("disk"),
  FILESYSTEM("filesystem"),
  NETWORK("network"),
  PROCESS("process"),
  SOCKSTAT("sockstat"),
  SNMP("snmp"),
  CONNTRACK("conntrack");

  private final String label;

  Collector(String label) {
    this.label = label;
  }

  /** The word for it in configuration, labels and logs. */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }
}
