package dev.gatehouse.relay;

import dev.gatehouse.net.acme.AcmeCertificate;
import dev.gatehouse.net.listen.Listener;
import dev.gatehouse.net.listen.ListenerSettings;
import dev.gatehouse.net.listen.ListenerSettings.Guard;
import dev.gatehouse.relay.config.Autocert;
import dev.gatehouse.relay.config.HttpSettings;
import dev.gatehouse.relay.entrance.Questions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The port at which an authority asks over HTTP whether the domain is ours. */
final class QuestionListener {

  private static final int BACKLOG = 128;

  /** An authority asks from some places at once; nobody else has much to ask here. */
  private static final int MOST_CONNECTIONS = 64;

  private final Questions questions;
  private final Listener listener;

  QuestionListener(
      Autocert told,
      HttpSettings http,
      Surroundings around,
      BiConsumer<Listener, Throwable> failed) {
    Optional<AcmeCertificate> ordered = around.ordered();
    questions =
        new Questions(
            token -> ordered.flatMap(known -> known.proofs().text(token)), told.health(), http);
    ListenerSettings settings =
        new ListenerSettings(
            "relay.http_listen",
            Relay.SERVICE,
            told.http(),
            BACKLOG,
            new Guard(false, List.of(), MOST_CONNECTIONS),
            ListenerSettings.PROXY_HEADER_TIMEOUT,
            Duration.ZERO,
            false);
    listener =
        new Listener(
            settings, around.loops(), around.admission(), around.counters(), questions, failed);
  }

  Listener listener() {
    return listener;
  }

  /** Holds for connections that come from now on. */
  void change(boolean health, HttpSettings http) {
    questions.change(health, http);
  }
}
