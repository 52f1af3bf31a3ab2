package dev.gatehouse.proxy.upstream.http;

import java.util.ArrayList;
import java.util.List;

/** Writes down what becomes of a connection. */
final class RecordedKeeper implements Keeper {

  final List<String> told = new ArrayList<>();

  @Override
  public void idle(BackendConnection connection) {
    told.add("idle");
  }

  @Override
  public void gone(BackendConnection connection, Discard reason) {
    told.add(reason.label());
  }

  @Override
  public void learned(boolean http2) {
    told.add(http2 ? "http/2" : "http/1");
  }
}
