package dev.gatehouse.tracker.hook.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.tracker.config.HookConfig.Jwt;
import dev.gatehouse.tracker.hook.HookContext;
import dev.gatehouse.tracker.hook.HookVerdict;
import dev.gatehouse.tracker.hook.Requests;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.Parameters;
import dev.gatehouse.tracker.request.Rejections;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.InfoHash;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class JwtHookTest {

  private static final String V2 =
      "9367f05cc197c61af96eebaa14ae2e47db5761a7ba26eaab959e3f99bdecf408";
  private static final String MISSING = "request not allowed by gatehouse: missing jwt";
  private static final String INVALID = "request not allowed by gatehouse: invalid jwt";
  private static final String OK = "ok";

  @RegisterExtension final LogGuard log = new LogGuard();

  private final EventCounters counters = new EventCounters();
  private final AtomicInteger fetches = new AtomicInteger();
  private final ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
  private volatile String published = set(ec.toPublicJWK());
  private volatile int status = 200;
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private JwtHook hook = hook("authorization");

  JwtHookTest() throws Exception {}

  @BeforeEach
  void serve() {
    server.createContext(
        "/keys",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body = published.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    hook.close();
    server.stop(0);
  }

  @Test
  void aTokenForTheTorrentLetsItIn() throws Exception {
    hook.start();
    assertThat(announce("bearer " + signed(claims().build()))).isEqualTo(OK);
    assertThat(announce(signed(claims().claim("infohash", "a".repeat(20)).build())))
        .isEqualTo(INVALID);
  }

  @Test
  void withoutATokenNobodyIsLetIn() {
    hook.start();
    assertThat(told(ask(Parameters.NONE))).isEqualTo(MISSING);
    assertThat(announce("bearer ")).isEqualTo(MISSING);
    assertThat(announce("garbage")).isEqualTo(INVALID);
    assertThat(announce("a.b.c")).isEqualTo(INVALID);
  }

  @Test
  void theHeaderOfThatNameCountsWhereThereIsNoParameter() throws Exception {
    hook.start();
    String token = "Bearer " + signed(claims().build());
    Parameters header =
        new Parameters() {
          @Override
          public Optional<Bytes> query(String name) {
            return Optional.empty();
          }

          @Override
          public Optional<String> header(String name) {
            return Optional.of(token).filter(_ -> name.equals("authorization"));
          }

          @Override
          public String route(String name) {
            return "";
          }
        };
    assertThat(told(ask(header))).isEqualTo(OK);
  }

  @Test
  void whatATokenSaysMustFit() throws Exception {
    hook.start();
    Instant now = Instant.now();
    assertThat(announce(signed(claims().expirationTime(at(now, -1)).build()))).isEqualTo(INVALID);
    assertThat(announce(signed(claims().notBeforeTime(at(now, 60)).build()))).isEqualTo(INVALID);
    assertThat(announce(signed(claims().issuer("CN=other").build()))).isEqualTo(INVALID);
    assertThat(announce(signed(claims().issuer(null).build()))).isEqualTo(INVALID);
    assertThat(announce(signed(claims().audience("other").build()))).isEqualTo(INVALID);
    assertThat(announce(signed(claims().claim("infohash", null).build()))).isEqualTo(INVALID);
    assertThat(announce(signed(claims().claim("infohash", 5).build()))).isEqualTo(INVALID);
    assertThat(announce(signed(claims().audience(List.of("other", "test")).build()))).isEqualTo(OK);
  }

  @Test
  void aTruncatedHashIsThatOfTheLongOne() throws Exception {
    hook.start();
    String token = signed(claims().claim("infohash", V2).build());
    assertThat(told(announce(Requests.hash(V2.substring(0, 40)), query(token)))).isEqualTo(OK);
    assertThat(told(announce(Requests.hash(V2), query(token)))).isEqualTo(OK);
  }

  @Test
  void aScrapeNeedsATokenForAllItsTorrents() throws Exception {
    hook.start();
    for (int count = 1; count <= 10; count++) {
      List<String> texts = IntStream.range(0, count).mapToObj("%040x"::formatted).toList();
      List<InfoHash> hashes = texts.stream().map(Requests::hash).toList();
      String token = signed(claims().claim("infohashes", texts).build());
      assertThat(scrape(hashes, token)).isEqualTo(OK);
      String more =
          signed(
              claims()
                  .claim("infohashes", List.of(texts.getFirst(), "%040x".formatted(99)))
                  .build());
      assertThat(scrape(hashes, more)).isEqualTo(INVALID);
    }
    assertThat(scrape(List.of(Requests.hash(V2)), signed(claims().build()))).isEqualTo(INVALID);
  }

  @Test
  void aPublicKeyIsNoSharedSecret() throws Exception {
    hook.start();
    byte[] secret = ec.toPublicJWK().toJSONString().getBytes(UTF_8);
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("ec").build();
    assertThat(announce(signed(header, new MACSigner(secret), claims().build())))
        .isEqualTo(INVALID);
  }

  @Test
  void aTokenThatNobodySignedIsNone() {
    hook.start();
    assertThat(announce(new PlainJWT(claims().build()).serialize())).isEqualTo(INVALID);
  }

  @Test
  void keysOfAllTypesAreUsed() throws Exception {
    RSAKey rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).keyID("secret").generate();
    published = set(rsa.toPublicJWK(), secret);
    hook.start();
    assertThat(announce(signed(header(JWSAlgorithm.PS256, "rsa"), new RSASSASigner(rsa))))
        .isEqualTo(OK);
    assertThat(announce(signed(header(JWSAlgorithm.HS256, "secret"), new MACSigner(secret))))
        .isEqualTo(OK);
    assertThat(announce(signed(header(JWSAlgorithm.HS256, null), new MACSigner(secret))))
        .isEqualTo(OK);
  }

  @Test
  void aKeyMaySayForWhatItIs() throws Exception {
    RSAKey rsa = new RSAKeyGenerator(2048).keyID("rsa").algorithm(JWSAlgorithm.RS256).generate();
    published = set(rsa.toPublicJWK());
    hook.start();
    assertThat(announce(signed(header(JWSAlgorithm.PS256, "rsa"), new RSASSASigner(rsa))))
        .isEqualTo(INVALID);
  }

  @Test
  void theJdkChecksEd25519() throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    published =
        set(new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw)).keyID("ed").build());
    hook.start();
    SignedJWT token = new SignedJWT(header(JWSAlgorithm.EdDSA, "ed"), claims().build());
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(token.getSigningInput());
    String text =
        new String(token.getSigningInput(), UTF_8) + "." + Base64URL.encode(signature.sign());
    assertThat(announce(text)).isEqualTo(OK);
    assertThat(announce(signed(claims().build()))).isEqualTo(INVALID);
  }

  @Test
  void keysThatAreNotThereAtFirstAreFetchedAgain() throws Exception {
    log.expect("jwks_refresh_failed");
    status = 500;
    hook.start();
    String token = signed(claims().build());
    assertThat(announce(token)).isEqualTo(INVALID);
    status = 200;
    Await.until("the keys", () -> announce(token).equals(OK));
    assertThat(counters.counter(Metric.TRACKER_JWKS_ERRORS, "jwt").sum()).isPositive();
  }

  @Test
  void aKeyThatIsNotKnownIsAskedForOnce() throws Exception {
    hook.start();
    ECKey next = new ECKeyGenerator(Curve.P_256).keyID("next").generate();
    published = set(ec.toPublicJWK(), next.toPublicJWK());
    String token = signed(header(JWSAlgorithm.ES256, "next"), new ECDSASigner(next));
    Await.until("the new key", () -> announce(token).equals(OK));
    ECKey stranger = new ECKeyGenerator(Curve.P_256).keyID("stranger").generate();
    for (int i = 0; i < 5; i++) {
      announce(signed(header(JWSAlgorithm.ES256, "stranger"), new ECDSASigner(stranger)));
    }
    assertThat(fetches.get()).isEqualTo(2);
  }

  private String announce(String token) {
    return told(ask(query(token)));
  }

  private HookVerdict ask(Parameters parameters) {
    return announce(Requests.hash(Requests.HASH), parameters);
  }

  private HookVerdict announce(InfoHash hash, Parameters parameters) {
    return hook.announce(
        HookContext.EMPTY,
        Requests.announce(hash, Requests.peer(Requests.PEER), parameters),
        new AnnounceReply());
  }

  private String scrape(List<InfoHash> hashes, String token) {
    return told(hook.scrape(HookContext.EMPTY, Requests.scrape(hashes, query(token))));
  }

  private static String told(HookVerdict verdict) {
    return switch (verdict.stage().toCompletableFuture().join()) {
      case HookVerdict.Passed _ -> OK;
      case HookVerdict.Refused refused -> refused.reason().text();
      case HookVerdict.Later _ -> "later";
    };
  }

  private static Parameters query(String token) {
    return new Parameters() {
      @Override
      public Optional<Bytes> query(String name) {
        return name.equals("authorization") ? Optional.of(Bytes.utf8(token)) : Optional.empty();
      }

      @Override
      public Optional<String> header(String name) {
        return Optional.of("of no interest");
      }

      @Override
      public String route(String name) {
        return "";
      }
    };
  }

  private JwtHook hook(String header) {
    URI keys = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    return new JwtHook(
        new Jwt(header, "CN=test", "test", keys, Duration.ZERO, true, true, Duration.ZERO),
        new Rejections("gatehouse"),
        Ticker.system(),
        counters);
  }

  private static String set(JWK... keys) {
    return new JWKSet(List.of(keys)).toString(false);
  }

  private static JWTClaimsSet.Builder claims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer("CN=test")
        .audience("test")
        .expirationTime(at(now, 3600))
        .notBeforeTime(at(now, -3600))
        .claim("infohash", Requests.HASH);
  }

  private static Date at(Instant now, long seconds) {
    return Date.from(now.plusSeconds(seconds));
  }

  private static JWSHeader header(JWSAlgorithm algorithm, @Nullable String id) {
    return new JWSHeader.Builder(algorithm).keyID(id).build();
  }

  private String signed(JWTClaimsSet claims) throws JOSEException {
    return signed(header(JWSAlgorithm.ES256, "ec"), new ECDSASigner(ec), claims);
  }

  private static String signed(JWSHeader header, JWSSigner signer) throws JOSEException {
    return signed(header, signer, claims().build());
  }

  private static String signed(JWSHeader header, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }
}
