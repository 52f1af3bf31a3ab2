package dev.gatehouse.relay.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Posts to the push service: no redirect is followed, and little of a reply is read. */
final class Https implements AutoCloseable {

  /** Of a reply; what we look for comes first. */
  private static final int MAX_REPLY = 4096;

  private final HttpClient client;
  private final Duration timeout;

  Https(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            // a redirect would carry tokens to somebody else
            .followRedirects(Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  /** A status, and the beginning of what came with it. */
  record Reply(int status, String body) {

    boolean isSuccess() {
      return status / 100 == 2;
    }
  }

  Reply post(URI uri, Map<String, String> fields, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(timeout).POST(BodyPublishers.ofString(body));
    fields.forEach(request::setHeader);
    HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream content = response.body()) {
      return new Reply(response.statusCode(), new String(content.readNBytes(MAX_REPLY), UTF_8));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
