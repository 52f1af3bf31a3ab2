package dev.gatehouse.app.relay;

import dev.gatehouse.net.acme.AcmeSettings;
import dev.gatehouse.relay.config.Autocert;
import dev.gatehouse.relay.config.ListenSettings;
import dev.gatehouse.relay.view.ConditionView.Mode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the relay runs, for the line of the log that tells of a start; named as its predecessor did.
 */
final class StartFields {

  private static final String MODE = "mode";
  private static final String LISTEN = "listen";
  private static final String DOMAIN = "domain";
  private static final String PROXY_PROTOCOL = "https_proxy_protocol";

  private StartFields() {}

  /** In the order in which they are to be shown. */
  static Map<String, String> of(Mode mode, ListenSettings listen) {
    Map<String, String> fields = new LinkedHashMap<>();
    switch (mode) {
      case INSECURE -> {
        fields.put(MODE, "insecure");
        fields.put(LISTEN, listen.address().toString());
      }
      case STATIC -> {
        fields.put(MODE, "static");
        fields.put(LISTEN, listen.address().toString());
        fields.put(DOMAIN, listen.domain());
        fields.put(PROXY_PROTOCOL, Boolean.toString(listen.proxyProtocol()));
      }
      case AUTOCERT -> {
        AcmeSettings acme = listen.autocert().map(Autocert::acme).orElseThrow();
        fields.put(MODE, "autocert");
        fields.put(DOMAIN, acme.domain());
        fields.put("cert_cache", acme.folder().toString());
        fields.put(PROXY_PROTOCOL, Boolean.toString(listen.proxyProtocol()));
      }
    }
    return fields;
  }
}
