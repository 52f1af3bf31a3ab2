package dev.gatehouse.proxy.http.response;

/** What the codes with which streams are reset mean to a client of gRPC (gRPC over HTTP/2). */
public final class GrpcStatus {

  private static final int CANCELLED = 1;
  private static final int PERMISSION_DENIED = 7;
  private static final int RESOURCE_EXHAUSTED = 8;
  private static final int INTERNAL = 13;
  private static final int UNAVAILABLE = 14;

  private static final int REFUSED_STREAM = 0x7;
  private static final int CANCEL = 0x8;
  private static final int ENHANCE_YOUR_CALM = 0xb;
  private static final int INADEQUATE_SECURITY = 0xc;

  private GrpcStatus() {}

  /** The status of a call whose stream was reset with that code (RFC 9113 section 7). */
  public static int ofReset(long code) {
    return switch ((int) code) {
      case REFUSED_STREAM -> UNAVAILABLE;
      case CANCEL -> CANCELLED;
      case ENHANCE_YOUR_CALM -> RESOURCE_EXHAUSTED;
      case INADEQUATE_SECURITY -> PERMISSION_DENIED;
      default -> INTERNAL;
    };
  }
}
