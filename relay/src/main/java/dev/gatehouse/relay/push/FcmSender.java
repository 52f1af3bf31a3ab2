package dev.gatehouse.relay.push;

import dev.gatehouse.relay.push.JsonTexts.Failure;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sends one wake by the HTTP v1 API of Firebase Cloud Messaging; blocks. */
final class FcmSender {

  private static final Pattern WORD = Pattern.compile("[A-Z0-9_]{1,64}");
  private static final Pattern MESSAGE_ID =
      Pattern.compile("projects/[A-Za-z0-9:_-]{1,64}/messages/[A-Za-z0-9:%_.-]{1,128}");

  private final URI target;
  private final AccessTokens tokens;
  private final Https https;

  FcmSender(URI endpoint, String project, AccessTokens tokens, Https https) {
    this.target = endpoint.resolve("/v1/projects/" + project + "/messages:send");
    this.tokens = tokens;
    this.https = https;
  }

  Sent send(String device) {
    try {
      Optional<String> access = tokens.token();
      return access.isPresent() ? post(device, access.get()) : new Sent.NoAccess();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Sent.Failed("cancelled");
    } catch (IOException _) {
      return new Sent.Failed("no answer");
    }
  }

  private Sent post(String device, String access) throws IOException, InterruptedException {
    Https.Reply reply =
        https.post(
            target,
            Map.of("content-type", "application/json", "authorization", "Bearer " + access),
            body(device));
    return reply.isSuccess() ? delivered(reply.body()) : failed(reply);
  }

  /** Without notification and data: the device is woken and asks its daemon what there is. */
  private static String body(String device) {
    return "{\"message\":{\"token\":\""
        + quoted(device)
        + "\",\"android\":{\"priority\":\"HIGH\"}}}";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return quoted.toString();
  }

  private static Sent delivered(String body) {
    String name = JsonTexts.topLevel(body).getOrDefault("name", "");
    return new Sent.Delivered(MESSAGE_ID.matcher(name).matches() ? name : "");
  }

  private static Sent failed(Https.Reply reply) {
    Failure failure = JsonTexts.failure(reply.body());
    String words =
        Stream.of(failure.status(), failure.errorCode())
            .flatMap(Optional::stream)
            .filter(word -> WORD.matcher(word).matches())
            .collect(Collectors.joining(", "));
    String error = "status " + reply.status() + (words.isEmpty() ? "" : " (" + words + ")");
    boolean unknown = failure.errorCode().filter("UNREGISTERED"::equals).isPresent();
    return unknown ? new Sent.Unregistered(error) : new Sent.Failed(error);
  }
}
