package dev.gatehouse.cli.completion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the script in bash, with a program that plays the one whose names it asks for. */
class CompletionScriptTest {

  /** Says how it was called, and knows three listeners and two hostnames. */
  private static final String PROGRAM =
      """
      compopt() { :; } # only for shells that complete
      gatehouse() {
        echo "$*" >>"$1.asked"
        for kind in "$@"; do
          case $kind in
            listeners) printf '%s\\n' :443 :8443 '[::1]:443' ;;
            servers) printf '%s\\n' 5f3a1c9e-7b21 held ;;
            bans) printf '%s\\n' banned ;;
            hostnames) printf '%s\\n' git.example.org '*.example.org' ;;
          esac
        done
      }
      """;

  /** Divides the line as readline does: at blanks, and at colons too. */
  private static final String ASK =
      """
      COMP_POINT=${#COMP_LINE}
      IFS=' ' read -ra COMP_WORDS <<<"${COMP_LINE//:/ : }"
      [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      COMPREPLY=()
      _gatehouse_live gatehouse "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}" 2>errors
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeTheScript() throws IOException {
    Screen screen = Screen.withEnvironment(Map.of());
    screen.run("completion");
    Files.writeString(folder.resolve("completion.bash"), screen.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gatehouse rou|routes",
        "gatehouse routes re|remove",
        "gatehouse routes remove g|git.example.org",
        "gatehouse routes remove *|*.example.org",
        "gatehouse routes remove --json :443 g|git.example.org",
        "gatehouse routes remove --socket /tmp/x g|git.example.org",
        "gatehouse routes add --mode l7 g|git.example.org",
        "gatehouse routes list [|[::1]:443",
        "gatehouse policies list g|git.example.org",
        "gatehouse policies add git.example.org b|block_user_agent",
        "gatehouse policies remove :443 git.example.org r|require_header",
        "'gatehouse routes add --mode '|l4 l7",
        "gatehouse routes add --balance le|least_connections",
        "gatehouse log-level d|debug",
        "gatehouse firewall add c|cidr country",
        "gatehouse relay kick 5|5f3a1c9e-7b21",
        "gatehouse relay server --json h|held",
        "gatehouse relay bans remove b|banned",
      })
  void completes(String line, String offers) throws Exception {
    assertThat(offers(line)).containsExactly(offers.split(" ", -1));
  }

  @Test
  void offersEverythingWhereNothingIsBegun() throws Exception {
    assertThat(offers("gatehouse routes remove "))
        .containsExactly(":443", ":8443", "[::1]:443", "git.example.org", "*.example.org");
    assertThat(offers("gatehouse listeners limit ")).containsExactly(":443", ":8443", "[::1]:443");
    assertThat(offers("gatehouse policies add git.example.org "))
        .containsExactly("block_user_agent", "require_header", "git.example.org", "*.example.org");
  }

  @Test
  void completesAListenerBehindItsColonSinceTheShellBeginsAWordThere() throws Exception {
    assertThat(offers("gatehouse routes list :")).containsExactly("443", "8443");
    assertThat(offers("gatehouse routes list :4")).containsExactly("443");
    assertThat(offers("gatehouse routes list [::1]:")).containsExactly("443");
  }

  @Test
  void asksTheDaemonThatTheLineNames() throws Exception {
    offers("gatehouse routes remove --socket /tmp/x g");
    offers("gatehouse routes remove --socket=/tmp/y g");
    offers("gatehouse routes remove g");
    assertThat(folder.resolve("complete.asked"))
        .hasContent(
            """
            complete --socket /tmp/x listeners hostnames
            complete --socket=/tmp/y listeners hostnames
            complete listeners hostnames
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "'gatehouse routes remove a b '",
    "'gatehouse status '",
    "'gatehouse version '",
    "'gatehouse routes add a b c '"
  })
  void asksNobodyWhereNoNameBelongs(String line) throws Exception {
    assertThat(offers(line)).isEmpty();
    assertThat(folder.resolve("complete.asked")).doesNotExist();
  }

  @Test
  void neverOffersTheCommandThatItCalls() throws Exception {
    assertThat(offers("gatehouse comp")).containsExactly("completion");
  }

  private List<String> offers(String line) throws Exception {
    ProcessBuilder command =
        new ProcessBuilder("bash", "-c", PROGRAM + "source completion.bash\n" + ASK)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    command.environment().put("COMP_LINE", line);
    Process bash = command.start();
    String output = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(folder.resolve("errors")).content().isEmpty();
    return output.lines().filter(offer -> !offer.isEmpty()).toList();
  }
}
