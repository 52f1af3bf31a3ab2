package dev.gatehouse.proxy.http.response;

import dev.gatehouse.proxy.http.ConnectionOptions;
import dev.gatehouse.proxy.http.Framing;
import dev.gatehouse.proxy.http.HopByHop;
import dev.gatehouse.proxy.http.Http2Block;
import dev.gatehouse.proxy.http.Protocol;
import dev.gatehouse.proxy.http.Request;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Bad;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Final;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Interim;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Switching;
import dev.gatehouse.wire.http.Fields;
import dev.gatehouse.wire.http.Head;
import dev.gatehouse.wire.http.HeadLimits;
import dev.gatehouse.wire.http.HttpVersion;
import dev.gatehouse.wire.http.StatusLine;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Judges the heads of the responses to one request, as strictly as requests are judged: a backend
 * may be under somebody else's control too.
 *
 * <p>For one exchange, on one thread.
 */
public final class ResponseGuard {

  /** The limits of one head, whatever the backend speaks. */
  public static final HeadLimits LIMITS = new HeadLimits(8 * 1024, 64 * 1024, 256);

  static final int MAX_INTERIMS = 16;

  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int OK = 200;
  private static final int HUNDRED = 100;
  private static final int NO_CONTENT = 204;
  private static final String STATUS = ":status";
  private static final Pattern STATUS_CODE = Pattern.compile("[1-5][0-9]{2}");

  private final Request request;
  private int interims;

  public ResponseGuard(Request request) {
    this.request = request;
  }

  /** Judges a head of HTTP/1. */
  public ResponseVerdict judge(Head<StatusLine> head) {
    StatusLine line = head.start();
    Fields fields = head.fields();
    Optional<Framing> framing = Framing.ofHttp1(fields, line.version(), new Framing.UntilClose());
    if (framing.isEmpty()) {
      return new Bad(ResponseFault.FRAMING);
    }
    if (line.status() == SWITCHING_PROTOCOLS) {
      return switching(fields);
    }
    if (line.status() < OK) {
      return interim(line.status(), fields);
    }
    if (wouldPassForSwitching(line.status())) {
      return new Bad(ResponseFault.UPGRADE);
    }
    Framing body = request.endsWithHead(line.status()) ? new Framing.None() : framing.get();
    ConnectionOptions options = ConnectionOptions.of(fields);
    boolean keepsAlive = line.version() == HttpVersion.HTTP_1_1 && !options.has("close");
    return new Final(
        new Response(
            line.status(),
            line.reason(),
            endToEnd(line.status(), fields, options),
            body,
            keepsAlive && !(body instanceof Framing.UntilClose)));
  }

  /**
   * Judges a block of HTTP/2.
   *
   * @param block in the order in which it was received
   * @param ended whether nothing follows it
   */
  public ResponseVerdict judge(
      Iterable<Map.Entry<CharSequence, CharSequence>> block, boolean ended) {
    if (!Http2Block.fits(block, LIMITS)) {
      return new Bad(ResponseFault.TOO_LARGE);
    }
    return Http2Block.read(block, Set.of(STATUS))
        .filter(sound -> STATUS_CODE.matcher(sound.pseudo().getOrDefault(STATUS, "")).matches())
        .map(sound -> judge(sound, ended))
        .orElseGet(() -> new Bad(ResponseFault.MALFORMED));
  }

  private ResponseVerdict judge(Http2Block block, boolean ended) {
    int status = Integer.parseInt(block.pseudo().getOrDefault(STATUS, ""));
    Fields fields = block.fields();
    if (status == SWITCHING_PROTOCOLS) {
      return new Bad(ResponseFault.UPGRADE);
    }
    if (status < OK) {
      return ended ? new Bad(ResponseFault.INTERIM) : interim(status, fields);
    }
    boolean bodiless = request.endsWithHead(status);
    Optional<Framing> framing = Framing.ofHttp2(fields, ended && !bodiless);
    if (framing.isEmpty()) {
      return new Bad(ResponseFault.FRAMING);
    }
    Framing body = bodiless ? new Framing.None() : framing.get();
    return new Final(
        new Response(status, "", endToEnd(status, fields, ConnectionOptions.NONE), body, true));
  }

  private ResponseVerdict switching(Fields fields) {
    boolean asked =
        request.webSocket()
            && fields.only("Upgrade").filter("websocket"::equalsIgnoreCase).isPresent();
    return asked
        ? new Switching(forClient(fields, ConnectionOptions.of(fields), false))
        : new Bad(ResponseFault.UPGRADE);
  }

  /** A client of HTTP/2 takes any success for its WebSocket (RFC 8441 section 5). */
  private boolean wouldPassForSwitching(int status) {
    return request.webSocket()
        && request.protocol() == Protocol.HTTP_2
        && status / HUNDRED == OK / HUNDRED;
  }

  private ResponseVerdict interim(int status, Fields fields) {
    interims++;
    return interims > MAX_INTERIMS
        ? new Bad(ResponseFault.INTERIM)
        : new Interim(status, forClient(fields, ConnectionOptions.of(fields), false));
  }

  /** A length goes along only where it tells of the body that another request would get. */
  private Fields endToEnd(int status, Fields fields, ConnectionOptions options) {
    boolean describes = request.endsWithHead(status) && status != NO_CONTENT;
    return forClient(fields, options, describes);
  }

  /** The backend's other ports are not ours to announce. */
  private static Fields forClient(Fields fields, ConnectionOptions options, boolean withLength) {
    return HopByHop.strip(fields, options)
        .without(field -> field.is("Alt-Svc") || (!withLength && field.is(Framing.CONTENT_LENGTH)));
  }
}
