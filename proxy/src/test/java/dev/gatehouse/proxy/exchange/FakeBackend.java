package dev.gatehouse.proxy.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.proxy.http.forward.BackendRequest;
import dev.gatehouse.proxy.upstream.Backend;
import dev.gatehouse.proxy.upstream.http.BackendStream;
import dev.gatehouse.wire.http.Fields;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** A backend's side that writes down what it is told. */
final class FakeBackend implements BackendStream {

  final List<String> told = new ArrayList<>();
  final StringBuilder body = new StringBuilder();
  boolean writable = true;
  Runnable onBegin = () -> {};
  private final Backend backend;

  FakeBackend(Backend backend) {
    this.backend = backend;
  }

  @Override
  public Backend backend() {
    return backend;
  }

  @Override
  public boolean isReused() {
    return false;
  }

  @Override
  public void begin(BackendRequest request, boolean ended) {
    told.add("begin " + request.request().method() + (ended ? " ended" : ""));
    onBegin.run();
  }

  @Override
  public void data(ByteBuf bytes) {
    told.add("data " + bytes.readableBytes());
    body.append(bytes.toString(ISO_8859_1));
    bytes.release();
  }

  @Override
  public void end(Fields trailer) {
    told.add("end " + trailer.count());
  }

  @Override
  public void flush() {
    told.add("flush");
  }

  @Override
  public boolean isWritable() {
    return writable;
  }

  @Override
  public void more() {
    told.add("more");
  }

  @Override
  public void cancel() {
    told.add("cancel");
  }
}
