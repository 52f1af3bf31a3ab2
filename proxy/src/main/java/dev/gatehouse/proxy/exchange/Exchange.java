package dev.gatehouse.proxy.exchange;

import dev.gatehouse.proxy.http.BodyMeter;
import dev.gatehouse.proxy.http.ErrorStatus;
import dev.gatehouse.proxy.http.guard.RefusalReason;
import dev.gatehouse.proxy.http.response.ClientResponse;
import dev.gatehouse.proxy.http.response.ErrorPage;
import dev.gatehouse.proxy.http.response.GrpcStatus;
import dev.gatehouse.proxy.http.response.Response;
import dev.gatehouse.proxy.http.response.ResponseFault;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Interim;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Switching;
import dev.gatehouse.proxy.http.response.Stamp;
import dev.gatehouse.proxy.sweep.LoopSweep;
import dev.gatehouse.proxy.traffic.RequestTraffic;
import dev.gatehouse.proxy.traffic.RequestTraffic.Retry;
import dev.gatehouse.proxy.upstream.http.BackendEvents;
import dev.gatehouse.proxy.upstream.http.BackendFailure;
import dev.gatehouse.proxy.upstream.http.BackendStream;
import dev.gatehouse.proxy.upstream.pool.BackendPool;
import dev.gatehouse.wire.http.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to a backend, and the response on its way back.
 *
 * <p>Both bodies flow through as they come. Each side is read on only as the other takes what has
 * come, so what is here is bounded by the buffers of two sockets. Lives on the client's loop.
 */
public final class Exchange extends LoopSweep.Swept implements BackendEvents {

  /** Who is told that it is over, and what was counted for it. */
  public interface Owner {

    /** It is over; the last that is heard of it. */
    void ended(Exchange exchange);
  }

  private static final Set<String> REPEATABLE = Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PUT");

  private final Exchanges shared;
  private final RequestContext context;
  private final ClientStream client;
  private final Owner owner;
  private final BodyMeter meter;
  private final HeldBody held = new HeldBody();
  private final ExchangeRecord record;
  private final StallWatch watch;
  private @Nullable BackendStream backend;
  private BackendPool.@Nullable Waiting waiting;
  private @Nullable Fields trailer;
  private boolean uploaded;
  private boolean responding;
  private boolean over;

  public Exchange(Exchanges shared, RequestContext context, ClientStream client, Owner owner) {
    this.shared = shared;
    this.context = context;
    this.client = client;
    this.owner = owner;
    this.meter = new BodyMeter(context.request().framing(), context.maxBody());
    this.record = new ExchangeRecord(context, shared.ticker());
    this.watch = new StallWatch(shared.timeouts(), context);
  }

  /** Looks for a backend. */
  public void begin() {
    context.route().requests().began(RequestTraffic.Kind.of(context.request()));
    shared.sweep().add(loop(), this);
    watch.begin(record.begunNanos());
    if (meter.isTooLarge()) {
      refuse(ErrorStatus.CONTENT_TOO_LARGE, RefusalReason.BODY_SIZE);
    } else {
      open(false);
    }
  }

  /** The body has ended with the head. */
  public void bodyless() {
    uploaded = true;
    trailer = Fields.NONE;
  }

  private void open(boolean fresh) {
    BackendPool.Waiting begun = shared.pool().open(context.asking(), fresh, this);
    // a connection that was there has been told already
    waiting = backend == null && !over ? begun : null;
  }

  @Override
  public void opened(BackendStream stream) {
    waiting = null;
    backend = stream;
    long now = shared.ticker().nanos();
    watch.begin(now);
    record.opened(stream.backend(), now);
    boolean ended = uploaded && held.isEmpty() && Objects.requireNonNull(trailer).count() == 0;
    stream.begin(context.toBackend(), ended);
    held.replay(stream::data);
    if (uploaded && !ended) {
      stream.end(Objects.requireNonNull(trailer));
    }
    if (held.isLarge()) {
      held.letGo();
    }
    stream.flush();
    if (!uploaded) {
      client.more();
    }
  }

  // the client

  /** The next bytes of the body; owned here. */
  public void body(ByteBuf bytes) {
    if (over || uploaded) {
      bytes.release();
      return;
    }
    record.fromClient(bytes.readableBytes());
    switch (meter.take(bytes.readableBytes())) {
      case FINE -> pass(bytes);
      case TOO_LARGE -> {
        bytes.release();
        refuse(ErrorStatus.CONTENT_TOO_LARGE, RefusalReason.BODY_SIZE);
      }
      case SURPLUS -> {
        bytes.release();
        refuse(ErrorStatus.BAD_REQUEST, RefusalReason.FRAMING);
      }
    }
  }

  private void pass(ByteBuf bytes) {
    BackendStream to = backend;
    if (to == null) {
      held.add(bytes);
      bytes.release();
      return;
    }
    if (held.isWhole() && !responding && held.fits(bytes)) {
      held.add(bytes);
    } else if (held.isWhole()) {
      held.letGo();
    }
    to.data(bytes);
  }

  /** The body is whole. */
  public void bodyEnd(Fields fields) {
    if (over || uploaded) {
      return;
    }
    if (!meter.isWhole()) {
      refuse(ErrorStatus.BAD_REQUEST, RefusalReason.FRAMING);
      return;
    }
    uploaded = true;
    trailer = fields;
    watch.uploaded(shared.ticker().nanos());
    if (backend != null) {
      backend.end(fields);
    }
  }

  /** What has come from the client is here; more is welcome if the backend takes it. */
  public void clientReadComplete() {
    BackendStream to = backend;
    if (over || to == null) {
      return;
    }
    to.flush();
    if (!uploaded && to.isWritable()) {
      client.more();
    }
  }

  /** The client takes more again. */
  public void clientWritable() {
    if (!over && backend != null && responding) {
      backend.more();
    }
  }

  /** The client is not there any more, or does not want to know. */
  public void clientGone() {
    if (!over) {
      finish(ExchangeRecord.CLIENT_GONE);
    }
  }

  /** The request turns out to be one that is not served. */
  public void refuse(ErrorStatus status, RefusalReason reason) {
    if (!over) {
      context.from().traffic().refused(reason);
      fail(status, reason.label());
    }
  }

  private void fail(ErrorStatus status, String cause) {
    Stamp stamp = shared.stamp(context.forwarding().requestId());
    boolean grpc = context.request().isGrpc();
    ErrorPage page = grpc ? ErrorPage.grpc(status, stamp) : ErrorPage.of(status, stamp);
    fail(page, client::truncate, cause);
  }

  /** With what a backend of gRPC has said of it by its code. */
  private void fail(long code, String cause) {
    Stamp stamp = shared.stamp(context.forwarding().requestId());
    ErrorPage page = ErrorPage.grpc(ErrorStatus.BAD_GATEWAY, GrpcStatus.ofReset(code), stamp);
    fail(page, () -> client.reset(code), cause);
  }

  private void fail(ErrorPage page, Runnable cut, String cause) {
    if (over) {
      return;
    }
    // a stream that ends with what is written now is not a client that is gone
    over = true;
    if (responding) {
      cut.run();
    } else {
      record.answered(page.status().code());
      client.answer(page);
    }
    finish(cause);
  }

  // the backend

  @Override
  public void interim(Interim interim) {
    held.letGo();
    watch.moved(shared.ticker().nanos());
    client.interim(interim);
  }

  @Override
  public void response(Response response, boolean ended) {
    responding = true;
    held.letGo();
    long now = shared.ticker().nanos();
    record.responded(response.status(), now);
    watch.responding(response, now);
    client.respond(response, ended);
    if (ended) {
      whole();
    }
  }

  @Override
  public void data(ByteBuf bytes) {
    record.fromBackend(bytes.readableBytes());
    client.data(bytes);
  }

  @Override
  public void end(Fields fields) {
    client.end(fields);
    whole();
  }

  @Override
  public void last(ByteBuf bytes) {
    record.fromBackend(bytes.readableBytes());
    client.last(bytes);
    whole();
  }

  @Override
  public void readComplete() {
    client.flush();
    if (!over && backend != null && (!responding || client.isWritable())) {
      backend.more();
    }
  }

  @Override
  public void writable() {
    if (!over && !uploaded) {
      client.more();
    }
  }

  @Override
  public void switched(Switching switching, Channel channel, ByteBuf first) {
    if (!context.isAnsweredBy(switching)) {
      first.release();
      channel.close();
      failed(new BackendFailure.Malformed(ResponseFault.UPGRADE));
      return;
    }
    record.responded(ClientResponse.SWITCHING_PROTOCOLS, shared.ticker().nanos());
    Tunnel tunnel = new Tunnel(shared, context, channel, this::finish);
    backend = null;
    tunnel.begin(client.switchTo(switching, tunnel), first);
  }

  @Override
  public void failed(BackendFailure failure) {
    waiting = null;
    backend = null;
    Optional<Retry> again = responding ? Optional.empty() : mayRetry(failure);
    if (again.isPresent()) {
      record.retried();
      context.route().requests().retried(again.get());
      open(true);
    } else if (failure instanceof BackendFailure.Reset(long code) && context.request().isGrpc()) {
      fail(code, failure.label());
    } else {
      fail(failure.status(), failure.label());
    }
  }

  /** Once, and only what is still here as a whole. */
  private Optional<Retry> mayRetry(BackendFailure failure) {
    if (record.retries() > 0 || !held.isWhole() || held.isLarge()) {
      return Optional.empty();
    }
    return switch (failure) {
      case BackendFailure.Broken(boolean reused) ->
          reused && REPEATABLE.contains(context.request().method())
              ? Optional.of(Retry.STALE_CONNECTION)
              : Optional.empty();
      case BackendFailure.Unprocessed(BackendFailure.Unprocessed.Reason reason) ->
          Optional.of(
              switch (reason) {
                case REFUSED_STREAM -> Retry.REFUSED_STREAM;
                case GOAWAY -> Retry.GOAWAY;
              });
      case BackendFailure.OtherProtocol() ->
          context.request().isGrpc() ? Optional.empty() : Optional.of(Retry.PROTOCOL);
      case BackendFailure.NotDialled _,
          BackendFailure.Full _,
          BackendFailure.Reset _,
          BackendFailure.Malformed _ ->
          Optional.empty();
    };
  }

  private void whole() {
    if (over) {
      return;
    }
    if (!uploaded) {
      client.stopUpload();
    }
    finish("");
  }

  // time

  @Override
  public void look(long nowNanos) {
    BackendStream to = backend;
    boolean takes = to != null && to.isWritable();
    StallWatch.Finding finding =
        watch.look(
            nowNanos,
            new StallWatch.Progress(
                record.clientBytes(),
                record.backendBytes(),
                client.isWritable(),
                uploaded,
                responding,
                to != null,
                takes));
    switch (finding) {
      case FINE -> {}
      case UPLOAD_STALLED -> refuse(ErrorStatus.REQUEST_TIMEOUT, RefusalReason.BODY_TIMEOUT);
      case BACKEND_TAKES_NOTHING -> fail(ErrorStatus.BAD_GATEWAY, "backend_stalled");
      case NO_RESPONSE -> fail(ErrorStatus.GATEWAY_TIMEOUT, "response_header_timeout");
      case RESPONSE_STALLED -> fail(ErrorStatus.GATEWAY_TIMEOUT, "response_stall_timeout");
    }
  }

  private void finish(String cause) {
    over = true;
    shared.sweep().remove(loop(), this);
    held.letGo();
    if (waiting != null) {
      waiting.cancel();
    }
    if (backend != null) {
      backend.cancel();
    }
    record.ended(cause, shared.log());
    owner.ended(this);
  }

  private EventLoop loop() {
    return context.from().channel().eventLoop();
  }
}
