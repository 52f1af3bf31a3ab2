package dev.gatehouse.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigResult.Loaded;
import dev.gatehouse.config.ConfigResult.Refused;
import dev.gatehouse.config.document.TomlText;
import dev.gatehouse.config.source.ConfigSource;
import dev.gatehouse.config.source.ConfigSource.Document;
import dev.gatehouse.config.tree.TreeReader.Syntax;
import dev.gatehouse.config.value.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret is used and never shown, whatever is wrong with it or around it. */
class SecretKeyTest {

  private static final String EXPECTED =
      ": expected \"env:NAME\" of a set variable, \"file:/path\" of a readable text file, or the"
          + " text itself";

  private record Account(Optional<Secret> key, List<Secret> former, String user) {

    static Account read(Section root) {
      Section account = root.section("account", "who");
      Account read =
          new Account(
              account.secret("key", "the key"),
              account.secrets("former", "former keys"),
              account.text("user", "the user").orElse(""));
      if (read.user.equals("nobody")) {
        account.reject("key", "belongs to nobody");
        account.refuse("former", "no keys of nobody");
      }
      if (read.user.equals("guest")) {
        account.warn("key", "guests need no key");
      }
      return read;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "true", "1.5", "[]", "{}", "1979-05-27", "['s3cret']"})
  void aKeyOfAnotherTypeIsRefusedWithoutItsValue(String value) {
    assertThat(told(toml("account.key = " + value)))
        .containsExactly("a.toml:1: account.key" + EXPECTED);
  }

  @ParameterizedTest
  @CsvSource({
    "env:S3CRET",
    "env:",
    "env:EMPTY",
    "file:/nowhere/s3cret",
    "file:",
    "file:s3cret\0",
    "file:/",
  })
  void aReferenceThatLeadsNowhereOrToNothingIsRefusedWithoutItself(String reference) {
    Map<String, String> environment = Map.of("GATEHOUSE_ACCOUNT_KEY", reference, "EMPTY", "");
    assertThat(told(toml("").withEnvironment(environment, Set.of())))
        .containsExactly("GATEHOUSE_ACCOUNT_KEY" + EXPECTED);
    assertThat(told(toml("").with("account.key", "--key", reference)))
        .containsExactly("--key" + EXPECTED);
  }

  @Test
  void everyWrongElementOfAListIsRefusedByItsPlace() {
    assertThat(told(toml("account.former = [\n'fine',\n5,\n'env:S3CRET',\n'']")))
        .containsExactly(
            "a.toml:3: account.former[1]" + EXPECTED,
            "a.toml:4: account.former[2]" + EXPECTED,
            "a.toml:5: account.former[3]" + EXPECTED);
    assertThat(told(toml("account.former = 's3cret'")))
        .containsExactly(
            "a.toml:1: account.former" + EXPECTED.replace("expected ", "expected a list of "));
  }

  @Test
  void emptyTextIsNoSecret() {
    assertThat(loaded(toml("account.key = ''")).value().key()).isEmpty();
    assertThat(
            loaded(
                    toml("account.key = 's3cret'")
                        .withEnvironment(Map.of("GATEHOUSE_ACCOUNT_KEY", ""), Set.of()))
                .value()
                .key())
        .isEmpty();
  }

  @Test
  void aVariableListsSecretsAndReferencesBetweenCommas() {
    ConfigSource source =
        toml("")
            .withEnvironment(
                Map.of("GATEHOUSE_ACCOUNT_FORMER", "one, env:TWO", "TWO", "2"), Set.of());
    assertThat(loaded(source).value().former()).containsExactly(new Secret("one"), new Secret("2"));
  }

  @Test
  void aCrossCheckOfASecretTellsItsPlaceAndNotItsValue() {
    String text = "account.key = 's3cret'\naccount.former = ['s3cret']\naccount.user = 'nobody'";
    assertThat(told(toml(text)))
        .containsExactly(
            "a.toml:1: account.key: belongs to nobody",
            "a.toml:2: account.former: expected no keys of nobody");
    ConfigSource variable =
        toml("account.user = 'nobody'")
            .withEnvironment(Map.of("GATEHOUSE_ACCOUNT_KEY", "s3cret"), Set.of());
    assertThat(told(variable))
        .containsExactly(
            "a.toml:1: account.former: expected no keys of nobody",
            "GATEHOUSE_ACCOUNT_KEY: belongs to nobody");
  }

  @Test
  void aWarningAboutASecretTellsItsPlaceAndNotItsValue() {
    Loaded<Account> loaded = loaded(toml("account.user = 'guest'\naccount.key = 's3cret'"));
    assertThat(loaded.warnings())
        .extracting(Object::toString)
        .containsExactly("a.toml:2: account.key: guests need no key");
  }

  @Test
  void aKeyThatIsJudgedBeforeItIsReadIsNotQuoted() {
    Configuration<Optional<Secret>> hasty =
        Configuration.of(
            root -> {
              root.reject("key", "is not wanted");
              return root.secret("key", "the key");
            });
    assertThat(((Refused<?>) hasty.read(toml("key = 's3cret'"))).problems())
        .extracting(Object::toString)
        .containsExactly("a.toml:1: key: is not wanted");
  }

  @Test
  void whatWasLoadedShowsNoSecret() {
    Loaded<Account> loaded =
        loaded(toml("account.key = 's3cret'\naccount.former = ['s3cret', 'env:KEY']"));
    assertThat(TomlText.of(loaded.effective()))
        .isEqualTo(
            """
            [account]
            key = "(hidden)"
            former = ["(hidden)", "(hidden)"]
            user = ""
            """);
    assertThat(loaded.toString()).doesNotContain("s3cret").doesNotContain("kEy");
  }

  @Test
  void secretsAreEqualByTheirTextAndPrintNothing() {
    assertThat(new Secret("a")).isEqualTo(new Secret("a")).hasSameHashCodeAs(new Secret("a"));
    assertThat(new Secret("a")).isNotEqualTo(new Secret("b")).isNotEqualTo("a");
    assertThat(new Secret("a")).hasToString("(hidden)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key = s3cret",
        "key = \"s3cret",
        "key = 's3cret",
        "key = 's3cret' s3cret",
        "key = \"s3cret\\q\"",
        "key = \"\\us3cret\"",
        "key = [s3cret]",
        "key = ['s3cret'",
        "key = {a = s3cret}",
        "key = '''s3cret",
        "key = \"\"\"s3cret",
        "key = 12s3cret",
        "key = 0xs3cret",
        "key = 2020-s3cret",
        "key = true s3cret",
        "key = +s3cret",
        "key = /s3cret/s3cret",
        "key == 's3cret'",
        "key 's3cret'",
        "key: s3cret",
        "key: 's3cret",
        "key: \"s3cret",
        "key: \"s3cret\\q\"",
        "key: 's3cret' s3cret",
        "key: [s3cret",
        "key: {a: s3cret",
        "key: @s3cret",
        "key: `s3cret",
        "key: %s3cret",
        "key: *s3cret",
        "key: &s3cret",
        "key: &s3cret a",
        "key: !s3cret",
        "key: !<s3cret> a",
        "key: |s3cret",
        "key: >s3cret",
        "key: a: s3cret",
        "key: - s3cret",
        "key: ? s3cret",
        "key: s3cret\nkey: s3cret",
        "key:\n\ts3cret",
        "key: \"s3\\xcret\"",
        "%YAML s3cret",
      })
  void aFileThatIsMalformedAroundASecretIsToldWithoutIt(String line) {
    for (Syntax syntax : Syntax.values()) {
      String text = syntax == Syntax.TOML ? "[account]\n" + line : "account:\n " + line;
      ConfigSource source = ConfigSource.of(new Document("f", syntax, text.getBytes(UTF_8)));
      assertThat(told(source)).allSatisfy(problem -> assertThat(problem).doesNotContain("s3cret"));
    }
  }

  private static ConfigSource toml(String text) {
    return ConfigSource.text("a.toml", text).withEnvironment(Map.of("KEY", "kEy"), Set.of());
  }

  private static Loaded<Account> loaded(ConfigSource source) {
    return switch (Configuration.of(Account::read).read(source)) {
      case Loaded<Account> loaded -> loaded;
      case Refused<Account> refused -> throw new AssertionError(refused.problems().toString());
    };
  }

  private static List<String> told(ConfigSource source) {
    return switch (Configuration.of(Account::read).read(source)) {
      case Loaded<Account> loaded -> List.of(loaded.toString());
      case Refused<Account> refused -> refused.problems().stream().map(Object::toString).toList();
    };
  }
}
