package dev.gatehouse.watch.host;

import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.metric.MetricSink;
import dev.gatehouse.watch.procfs.KernelFiles;
import dev.gatehouse.watch.procfs.TextCursor;

/** Which host this is and what runs it; what changes only with a restart is read once. */
record HostIdentity(
    String hostname,
    String platform,
    String platformVersion,
    String kernelVersion,
    String kernelArchitecture,
    String version) {

  static HostIdentity read(HostSources sources, KernelFiles files) {
    TextCursor release = files.read(sources.etc().resolve("os-release"));
    String platform = releaseField(release, "ID=");
    String platformVersion = releaseField(release, "VERSION_ID=");
    return new HostIdentity(
        firstLine(files, sources, "hostname"),
        platform,
        platformVersion,
        firstLine(files, sources, "osrelease"),
        architecture(firstLine(files, sources, "arch")),
        sources.version());
  }

  void collect(MetricSink sink) {
    sink.sample(
        Metric.HOST,
        1,
        hostname,
        "linux",
        platform,
        platformVersion,
        kernelVersion,
        kernelArchitecture,
        version);
  }

  private static String firstLine(KernelFiles files, HostSources sources, String name) {
    TextCursor file = files.read(sources.proc().resolve("sys/kernel").resolve(name));
    return file.nextLine() ? file.rest() : "";
  }

  /** The kernel tells its machine since Linux 6.1; before, the JVM's word is translated. */
  private static String architecture(String told) {
    String fallback = System.getProperty("os.arch", "");
    return told.isEmpty() ? fallback.replace("amd64", "x86_64") : told;
  }

  /** A value of os-release(5), without the quotes around it. */
  private static String releaseField(TextCursor release, String key) {
    release.rewind();
    while (release.nextLine()) {
      if (release.acceptPrefix(key)) {
        return unquoted(release.rest());
      }
    }
    return "";
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
