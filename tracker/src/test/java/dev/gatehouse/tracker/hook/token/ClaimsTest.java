package dev.gatehouse.tracker.hook.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.gatehouse.tracker.config.HookConfig.Jwt;
import dev.gatehouse.tracker.hook.Requests;
import dev.gatehouse.wire.tracker.InfoHash;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimsTest {

  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final String ONE = "1".repeat(40);
  private static final String TWO = "2".repeat(40);

  @ParameterizedTest
  @CsvSource({
    "10, -10, 0, true",
    "1, 0, 0, true",
    "0, -10, 0, false",
    "-4, -10, 5, true",
    "-5, -10, 5, false",
    "10, 5, 5, true",
    "10, 6, 5, false",
  })
  void timesAreOverOrNotYetThere(long end, long begin, long leeway, boolean valid) {
    JWTClaimsSet claims =
        claims()
            .expirationTime(Date.from(NOW.plusSeconds(end)))
            .notBeforeTime(Date.from(NOW.plusSeconds(begin)))
            .build();
    assertThat(new Claims(claims, expected(leeway)).areValid(NOW)).isEqualTo(valid);
  }

  @Test
  void timesMayBeLeftOut() {
    assertThat(of(claims()).areValid(NOW)).isTrue();
  }

  @Test
  void issuerAndAudienceMayNot() {
    assertThat(of(claims().issuer("other")).areValid(NOW)).isFalse();
    assertThat(of(claims().issuer(null)).areValid(NOW)).isFalse();
    assertThat(of(claims().audience("other")).areValid(NOW)).isFalse();
    assertThat(of(claims().audience((String) null)).areValid(NOW)).isFalse();
    assertThat(of(claims().audience(List.of("a", "test"))).areValid(NOW)).isTrue();
  }

  @Test
  void oneTorrentIsNamedInHexadecimalOrByItsBytes() throws Exception {
    InfoHash raw = Requests.hash("abcdefghijklmnopqrst");
    assertThat(of(claims().claim("infohash", "abcdefghijklmnopqrst")).allow(raw)).isTrue();
    assertThat(of(claims().claim("infohash", raw.toString())).allow(raw)).isTrue();
    assertThat(of(claims().claim("infohash", ONE)).allow(raw)).isFalse();
    assertThat(of(claims().claim("infohash", "short")).allow(raw)).isFalse();
    assertThat(of(claims()).allow(raw)).isFalse();
  }

  @Test
  void severalTorrentsAreNamedAllAndNoOthers() throws Exception {
    List<InfoHash> both = List.of(Requests.hash(ONE), Requests.hash(TWO));
    assertThat(of(claims().claim("infohashes", List.of(TWO, ONE))).allow(both)).isTrue();
    assertThat(of(claims().claim("infohashes", List.of(ONE))).allow(both)).isFalse();
    assertThat(of(claims().claim("infohashes", List.of(ONE, ONE))).allow(both)).isFalse();
    assertThat(of(claims().claim("infohashes", List.of(ONE, TWO, "3".repeat(40)))).allow(both))
        .isFalse();
    assertThat(of(claims().claim("infohashes", List.of(ONE, TWO, "garbage"))).allow(both)).isTrue();
    assertThat(of(claims()).allow(both)).isFalse();
  }

  private static Claims of(JWTClaimsSet.Builder claims) {
    return new Claims(claims.build(), expected(0));
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder().issuer("CN=test").audience("test");
  }

  private static Jwt expected(long leewaySeconds) {
    return new Jwt(
        "authorization",
        "CN=test",
        "test",
        URI.create("http://127.0.0.1/"),
        Duration.ZERO,
        true,
        true,
        Duration.ofSeconds(leewaySeconds));
  }
}
