package dev.gatehouse.net.tls;

/**
 * Something that is wrong with a certificate or its files.
 *
 * @param isError whether the certificate cannot be taken because of it
 * @param sentence begins with the file, or the name that is served
 */
public record CertificateProblem(Kind kind, boolean isError, String sentence) {

  private static final int MAX_LENGTH = 2000;

  /** What kind of thing is wrong. */
  public enum Kind {
    /** A file is missing, or is not what it should be. */
    FILE,
    /** The key is not that of the certificate. */
    PAIR,
    /** The certificates are not the way to a root. */
    CHAIN,
    /** The certificate is not for the name that it is to serve. */
    NAME,
    EXPIRED,
    NOT_YET_VALID,
    /** It will expire before long. */
    EXPIRING,
    /** Others may read the key. */
    KEY_FILE,
    /** Nothing can be served. */
    UNAVAILABLE
  }

  public CertificateProblem {
    sentence = plain(sentence);
  }

  /** Certificates hold any text, which must not disturb a log or a terminal. */
  static String plain(String text) {
    String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
    return cut.replaceAll("\\p{C}", "?");
  }

  static CertificateProblem error(Kind kind, String sentence) {
    return new CertificateProblem(kind, true, sentence);
  }

  static CertificateProblem warning(Kind kind, String sentence) {
    return new CertificateProblem(kind, false, sentence);
  }
}
