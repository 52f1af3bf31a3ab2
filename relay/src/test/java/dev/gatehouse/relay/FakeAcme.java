package dev.gatehouse.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.util.CertificateUtils;

/**
 * A certificate authority on loopback that speaks as much of RFC 8555 as one order needs. It checks
 * every signature, looks for the proof where it has to be, and issues from a root of its own.
 */
final class FakeAcme implements AutoCloseable {

  /** The two ways to look for a proof. */
  enum Way {
    TLS_ALPN("tls-alpn-01"),
    HTTP("http-01");

    private final String label;

    Way(String label) {
      this.label = label;
    }
  }

  private static final String TOKEN = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ";

  /** Each proof that was looked for and found. */
  final List<Way> proven = new CopyOnWriteArrayList<>();

  private final Set<Way> offered = EnumSet.allOf(Way.class);
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final KeyPair own;
  private final X509Certificate root;
  private final List<Order> orders = new ArrayList<>();
  private AcmeProbe probe = new AcmeProbe("", 0, 0);
  private @Nullable PublicJsonWebKey account;
  private int nonces;
  private boolean isBlind;

  private static final class Order {
    private String status = "pending";
    private String authorization = "pending";
    private String certificate = "";
  }

  /** What is in a request, once its signature has been checked. */
  private record Asked(String path, Map<String, Object> content) {

    int order() {
      return Integer.parseInt(path.split("/", -1)[2]);
    }
  }

  FakeAcme() throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    own = generator.generateKeyPair();
    Instant now = Instant.now();
    root =
        CertificateUtils.createTestRootCertificate(
            "cn=Fake Root", now.minus(1, ChronoUnit.DAYS), now.plus(99, ChronoUnit.DAYS), own);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI directory() {
    return URI.create(url("/directory"));
  }

  /** Where it looks for proofs. */
  void probes(AcmeProbe where) {
    probe = where;
  }

  /** Looks only this way. */
  void offers(Way way) {
    offered.clear();
    offered.add(way);
  }

  /** Looks in vain from now on. */
  void findsNothing() {
    isBlind = true;
  }

  int orders() {
    synchronized (orders) {
      return orders.size();
    }
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Replay-Nonce", "nonce-" + nonces++);
    String path = exchange.getRequestURI().getPath();
    try {
      switch (path) {
        case "/directory" ->
            send(
                exchange,
                200,
                "{\"newNonce\":\"%s\",\"newAccount\":\"%s\",\"newOrder\":\"%s\"}"
                    .formatted(url("/nonce"), url("/account"), url("/order")));
        case "/nonce" -> send(exchange, 200, "");
        default -> post(exchange, path);
      }
    } catch (GeneralSecurityException
        | JoseException
        | OperatorCreationException
        | IllegalStateException e) {
      send(exchange, 400, "{\"type\":\"urn:ietf:params:acme:error:malformed\"}");
    }
  }

  private void post(HttpExchange exchange, String path)
      throws IOException, JoseException, GeneralSecurityException, OperatorCreationException {
    Asked asked = new Asked(path, content(exchange));
    synchronized (orders) {
      switch (path.split("/", -1)[1]) {
        case "account" -> {
          exchange.getResponseHeaders().set("Location", url("/account/1"));
          send(exchange, 201, "{\"status\":\"valid\"}");
        }
        case "order" -> order(exchange, asked);
        case "authz" -> send(exchange, 200, authorization(asked.order()));
        case "chall" -> challenge(exchange, asked);
        case "finalize" -> {
          issue(orders.get(asked.order()), String.valueOf(asked.content().get("csr")));
          send(exchange, 200, order(asked.order()));
        }
        case "cert" -> {
          exchange.getResponseHeaders().set("Content-Type", "application/pem-certificate-chain");
          send(exchange, 200, orders.get(asked.order()).certificate);
        }
        default -> send(exchange, 404, "{}");
      }
    }
  }

  /** Refuses what is not signed by the key of the account, which comes with the first request. */
  private Map<String, Object> content(HttpExchange exchange) throws IOException, JoseException {
    Map<String, Object> body =
        JsonUtil.parseJson(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    JsonWebSignature signature = new JsonWebSignature();
    signature.setCompactSerialization(
        body.get("protected") + "." + body.get("payload") + "." + body.get("signature"));
    if (signature.getHeaders().getObjectHeaderValue("jwk") instanceof Map<?, ?> key) {
      account = PublicJsonWebKey.Factory.newPublicJwk(JsonUtil.toJson(castKeys(key)));
    }
    signature.setKey(Objects.requireNonNull(account).getPublicKey());
    if (!signature.verifySignature()) {
      throw new IllegalStateException("the signature is wrong");
    }
    String payload = signature.getPayload();
    return payload.isEmpty() ? Map.of() : JsonUtil.parseJson(payload);
  }

  private static Map<String, Object> castKeys(Map<?, ?> map) {
    Map<String, Object> copy = new HashMap<>();
    map.forEach((name, value) -> copy.put(String.valueOf(name), value));
    return copy;
  }

  private void order(HttpExchange exchange, Asked asked) throws IOException {
    boolean created = asked.path().equals("/order");
    if (created) {
      orders.add(new Order());
    }
    int number = created ? orders.size() - 1 : asked.order();
    exchange.getResponseHeaders().set("Location", url("/order/" + number));
    send(exchange, created ? 201 : 200, order(number));
  }

  private String order(int number) {
    Order order = orders.get(number);
    return ("{\"status\":\"%s\",\"identifiers\":[{\"type\":\"dns\",\"value\":\"%s\"}],"
            + "\"authorizations\":[\"%s\"],\"finalize\":\"%s\",\"certificate\":\"%s\"}")
        .formatted(
            order.status,
            probe.domain(),
            url("/authz/" + number),
            url("/finalize/" + number),
            url("/cert/" + number));
  }

  private String authorization(int number) {
    String challenges =
        offered.stream()
            .map(way -> challenge(number, way))
            .reduce((one, two) -> one + ',' + two)
            .orElse("");
    return "{\"status\":\"%s\",\"identifier\":{\"type\":\"dns\",\"value\":\"%s\"},\"challenges\":[%s]}"
        .formatted(orders.get(number).authorization, probe.domain(), challenges);
  }

  private String challenge(int number, Way way) {
    return "{\"type\":\"%s\",\"url\":\"%s\",\"token\":\"%s\",\"status\":\"pending\"}"
        .formatted(way.label, url("/chall/" + number + "/" + way), TOKEN);
  }

  private void challenge(HttpExchange exchange, Asked asked)
      throws IOException, JoseException, GeneralSecurityException {
    Way way = Way.valueOf(asked.path().split("/", -1)[3]);
    String expected =
        TOKEN
            + '.'
            + Objects.requireNonNull(account).calculateBase64urlEncodedThumbprint("SHA-256");
    boolean found =
        switch (way) {
          case HTTP -> probe.http(TOKEN).equals(expected);
          case TLS_ALPN ->
              probe.tlsAlpn(MessageDigest.getInstance("SHA-256").digest(expected.getBytes(UTF_8)));
        };
    Order order = orders.get(asked.order());
    found &= !isBlind;
    order.authorization = found ? "valid" : "invalid";
    order.status = found ? "ready" : "invalid";
    if (found) {
      proven.add(way);
    }
    send(exchange, 200, challenge(asked.order(), way));
  }

  /** For the names that were asked for. */
  private void issue(Order order, String csr) throws IOException, OperatorCreationException {
    PKCS10CertificationRequest request =
        new PKCS10CertificationRequest(Base64.getUrlDecoder().decode(csr));
    Instant now = Instant.now();
    X509CertificateHolder issued =
        new X509v3CertificateBuilder(
                new X500Name("CN=Fake Root"),
                BigInteger.TWO,
                Date.from(now.minus(1, ChronoUnit.HOURS)),
                Date.from(now.plus(90, ChronoUnit.DAYS)),
                new X500Name("CN=" + probe.domain()),
                request.getSubjectPublicKeyInfo())
            .addExtension(
                request.getRequestedExtensions().getExtension(Extension.subjectAlternativeName))
            .build(new JcaContentSignerBuilder("SHA256withRSA").build(own.getPrivate()));
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(issued);
      writer.writeObject(root);
    }
    order.certificate = text.toString();
    order.status = "valid";
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    if (!exchange.getResponseHeaders().containsKey("Content-Type")) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
    }
    boolean bodiless = exchange.getRequestMethod().equals("HEAD") || bytes.length == 0;
    exchange.sendResponseHeaders(status, bodiless ? -1 : bytes.length);
    if (!bodiless) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
