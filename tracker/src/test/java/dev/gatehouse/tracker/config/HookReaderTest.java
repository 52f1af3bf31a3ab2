package dev.gatehouse.tracker.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.tracker.config.HookConfig.ClientApproval;
import dev.gatehouse.tracker.config.HookConfig.IntervalVariation;
import dev.gatehouse.tracker.config.HookConfig.Jwt;
import dev.gatehouse.tracker.config.HookConfig.TorrentApproval;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.InfoHash;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookReaderTest {

  private static final String HASH = "3532cf2d327fad8448c075b4cb42c8136964a435";

  @Test
  void everyHookHasItsSettings() {
    assertThat(
            Read.config(
                    """
                    [[tracker.udp]]
                    [[tracker.prehooks]]
                    name = "client approval"
                    config = { client_id_list = ["TR3000", "qB"], invert = true }
                    [[tracker.prehooks]]
                    name = "interval variation"
                    config = { modify_response_probability = 0.5, max_increase_delta = 60, modify_min_interval = true }
                    [[tracker.prehooks]]
                    name = "jwt"
                    [tracker.prehooks.config]
                    header = "token"
                    issuer = "CN=test"
                    audience = "test"
                    jwk_set_url = "https://a.example/keys"
                    jwk_set_update_interval = "0s"
                    handle_announce = true
                    leeway = "5s"
                    """)
                .preHooks())
        .containsExactly(
            new ClientApproval(List.of("TR3000", "qB"), true),
            new IntervalVariation(0.5, 60, true),
            new Jwt(
                "token",
                "CN=test",
                "test",
                URI.create("https://a.example/keys"),
                Duration.ZERO,
                true,
                false,
                Duration.ofSeconds(5)));
  }

  @Test
  void aListOfTorrentsComesFromTheFileOrFromElsewhere() {
    InfoHash hash = InfoHash.parse(Bytes.utf8(HASH)).orElseThrow();
    assertThat(approval("list", "hash_list = [\"" + HASH + "\"]"))
        .isEqualTo(
            new TorrentApproval(
                new ApprovalSource.Listed(List.of(hash)), false, "MW_APPROVAL", false));
    assertThat(approval("directory", "path = \"/t\"\nrecursive = true\ninvert = true"))
        .isEqualTo(
            new TorrentApproval(
                new ApprovalSource.InDirectory(Path.of("/t"), Duration.ofMinutes(1), true),
                true,
                "MW_APPROVAL",
                true));
    assertThat(approval("file", "path = \"/t\"\nperiod = \"5s\"\nstorage_ctx = \"X\""))
        .isEqualTo(
            new TorrentApproval(
                new ApprovalSource.InFile(Path.of("/t"), Duration.ofSeconds(5)),
                false,
                "X",
                false));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 60", "1.0, 60"})
  void takesAProbabilityAboveZero(String probability, String delta) {
    assertThat(variation(probability, delta)).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 60, invalid modify_response_probability",
    "1.1, 60, invalid modify_response_probability",
    "0.5, 0, invalid max_increase_delta",
    "0.5, -10, invalid max_increase_delta"
  })
  void refusesWhatVariesNothing(String probability, String delta, String problem) {
    assertThat(variation(probability, delta)).contains(problem);
  }

  @Test
  void refusesWhatIsNoHookOrHasNoSense() {
    assertThat(
            Read.problems(
                """
                [[tracker.udp]]
                [[tracker.prehooks]]
                name = "client aproval"
                [[tracker.prehooks]]
                name = "client approval"
                config = { client_id_list = ["1234567"], inverted = true }
                [[tracker.posthooks]]
                name = "jwt"
                config = { handle_announce = true }
                [[tracker.posthooks]]
                name = "torrent approval"
                config = { initial_source = "list", configuration = { hash_list = ["12"] } }
                """))
        .contains(
            "did you mean \"client approval\"",
            "client ID 1234567 must be 6 bytes",
            "did you mean \"invert\"",
            "required parameters not provided: Issuer/Audience/JWKSetURL",
            "an info hash of 40 or 64 hexadecimal digits");
  }

  @Test
  void warnsWhereEverybodyOrNobodyIsRefused() {
    assertThat(
            Read.warnings(
                """
                [[tracker.udp]]
                [[tracker.prehooks]]
                name = "client approval"
                [[tracker.prehooks]]
                name = "jwt"
                config = { issuer = "a", audience = "b", jwk_set_url = "http://c/", handle_scrape = true }
                """))
        .contains("every client is refused", "refuses every scrape by UDP");
  }

  private static String variation(String probability, String delta) {
    return Read.problems(
        """
        [[tracker.udp]]
        [[tracker.prehooks]]
        name = "interval variation"
        config = { modify_response_probability = %s, max_increase_delta = %s }
        """
            .formatted(probability, delta));
  }

  private static HookConfig approval(String source, String configuration) {
    return Read.config(
            """
            [[tracker.udp]]
            [[tracker.prehooks]]
            name = "torrent approval"
            [tracker.prehooks.config]
            initial_source = "%s"
            [tracker.prehooks.config.configuration]
            %s
            """
                .formatted(source, configuration))
        .preHooks()
        .getFirst();
  }
}
