package dev.gatehouse.control.ops.http;

import dev.gatehouse.control.ops.page.Answer;
import dev.gatehouse.control.ops.page.PathLabel;
import dev.gatehouse.control.ops.page.Route;
import dev.gatehouse.control.ops.page.Routes;
import dev.gatehouse.control.ops.page.Weights;
import dev.gatehouse.kernel.time.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which answer a request gets, and the header of that answer. */
final class Answering {

  private static final Logger log = LoggerFactory.getLogger(Answering.class);

  private static final Map<String, String> ALLOW = Map.of("Allow", "GET, HEAD");

  private final Routes routes;
  private final HostCheck hosts;
  private final RequestCounters counters;
  private final Ticker ticker;

  Answering(Routes routes, HostCheck hosts, RequestCounters counters, Ticker ticker) {
    this.routes = routes;
    this.hosts = hosts;
    this.counters = counters;
    this.ticker = ticker;
  }

  /** Renders; may wait, so never on a loop. */
  Encoded answer(Incoming.Request request) {
    Optional<Route> route = routes.find(request.target().path());
    Answer answer = decide(request, route);
    counters.count(route.map(Route::label).orElse(PathLabel.OTHER), answer.status());
    boolean mayCompress =
        answer.status() == HttpResponseStatus.OK.code()
            && Weights.of(joined(request, HttpHeaderNames.ACCEPT_ENCODING), "gzip") > 0;
    return Encoded.of(answer, mayCompress);
  }

  /** For bytes that are no request. */
  Answer refusal(HttpResponseStatus status) {
    counters.count(PathLabel.OTHER, status.code());
    return plain(status, Map.of());
  }

  /** The message for the wire; of an answer to HEAD everything but the body. */
  FullHttpResponse response(Encoded encoded, boolean isHead, boolean isLast) {
    ByteBuf body = isHead ? Unpooled.EMPTY_BUFFER : encoded.body();
    Answer answer = encoded.answer();
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), body);
    HttpHeaders headers = response.headers();
    headers.set("Date", DateFormatter.format(Date.from(ticker.now())));
    headers.set("Content-Type", answer.contentType());
    headers.set("Content-Length", encoded.body().readableBytes());
    headers.set("Cache-Control", HttpHeaderValues.NO_STORE);
    headers.set("X-Content-Type-Options", "nosniff");
    // an HTTP/1.0 peer that asked to go on must be told so; for HTTP/1.1 it changes nothing
    headers.set("Connection", isLast ? HttpHeaderValues.CLOSE : HttpHeaderValues.KEEP_ALIVE);
    if (encoded.isCompressed()) {
      headers.set("Content-Encoding", HttpHeaderValues.GZIP);
    }
    answer.headers().forEach(headers::set);
    return response;
  }

  private Answer decide(Incoming.Request request, Optional<Route> route) {
    if (!isForThisHost(request)) {
      return plain(HttpResponseStatus.MISDIRECTED_REQUEST, Map.of());
    }
    if (route.isEmpty()) {
      return Answer.text(HttpResponseStatus.NOT_FOUND.code(), "404 page not found\n");
    }
    if (!request.method().equals(HttpMethod.GET) && !request.isHead()) {
      return plain(HttpResponseStatus.METHOD_NOT_ALLOWED, ALLOW);
    }
    return rendered(route.get(), joined(request, HttpHeaderNames.ACCEPT));
  }

  /** A page that breaks is a bug of ours, and the reader learns no more than that. */
  private static Answer rendered(Route route, String accept) {
    try {
      return route.page().answer(accept);
    } catch (RuntimeException | LinkageError e) {
      log.atError().setMessage("page_failed").addKeyValue("path", route.path()).setCause(e).log();
      return plain(HttpResponseStatus.INTERNAL_SERVER_ERROR, Map.of());
    }
  }

  private boolean isForThisHost(Incoming.Request request) {
    List<String> named = request.headers().getAll(HttpHeaderNames.HOST);
    String authority = request.target().authority();
    return named.stream().allMatch(hosts::accepts)
        && (authority.isEmpty() || hosts.accepts(authority));
  }

  private static String joined(Incoming.Request request, CharSequence name) {
    return String.join(",", request.headers().getAll(name));
  }

  private static Answer plain(HttpResponseStatus status, Map<String, String> headers) {
    String text = status.code() + " " + status.reasonPhrase().toLowerCase(Locale.ROOT) + "\n";
    return new Answer(status.code(), "text/plain; charset=utf-8", text, headers);
  }
}
