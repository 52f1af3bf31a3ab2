package dev.gatehouse.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleFileTest {

  @Test
  void settingsAndHeadersLoseTheirMarkAndProseKeepsIt() {
    assertThat(
            SampleFile.uncommented(
                """
                # Gatehouse listens on loopback unless told otherwise.
                #
                # [ops]                 # the process
                # listen = "127.0.0.1:9090" # metrics
                #control = ""
                ## example = 1
                # ignore = [
                #   "loop*",            # a bracket: ]
                #   "sr]*",
                # ]
                # Text again.
                # [ops.log]
                level = "info"
                """))
        .isEqualTo(
            """
            # Gatehouse listens on loopback unless told otherwise.
            #
            [ops]                 # the process
            listen = "127.0.0.1:9090" # metrics
            control = ""
            ## example = 1
            ignore = [
            "loop*",            # a bracket: ]
            "sr]*",
            ]
            # Text again.
            [ops.log]
            level = "info"
            """);
  }
}
