package dev.gatehouse.control.ops.page;

/**
 * A page and its place.
 *
 * @param path exactly as requested, such as {@code /tracker/stats.json}
 */
public record Route(String path, PathLabel label, Page page) {

  /** A read-only view of a service, below {@code /<service>/}. */
  public static Route ofService(String service, String name, Page page) {
    return new Route("/" + service + "/" + name, PathLabel.SERVICE, page);
  }
}
