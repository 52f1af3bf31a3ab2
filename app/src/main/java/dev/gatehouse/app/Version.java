package dev.gatehouse.app;

/** The version of what runs. */
final class Version {

  private Version() {}

  /** As the build wrote it into the jar; classes that run without a jar are in development. */
  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
