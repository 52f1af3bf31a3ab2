package dev.gatehouse.proxy.traffic;

import java.util.Set;

/** The words for statuses in metrics: a backend cannot make up series of its own. */
final class StatusLabel {

  /** Of the registry of HTTP status codes, without those that are interim. */
  private static final Set<Integer> REGISTERED =
      Set.of(
          101, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307,
          308, 400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416,
          417, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506,
          507, 508, 511);

  private static final int HUNDRED = 100;

  private StatusLabel() {}

  static String of(int status) {
    return REGISTERED.contains(status) ? Integer.toString(status) : status / HUNDRED + "xx";
  }
}
