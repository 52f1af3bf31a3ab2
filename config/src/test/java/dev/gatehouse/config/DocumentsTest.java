package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.document.Declaration;
import dev.gatehouse.config.document.JsonSchema;
import dev.gatehouse.config.document.Reference;
import dev.gatehouse.config.document.SampleFile;
import dev.gatehouse.config.document.TomlText;
import dev.gatehouse.config.source.ConfigSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Everything that is written from declarations, letter by letter. */
class DocumentsTest {

  private static final String REFERENCE =
      """
      ## `[push]`

      wakes phones

      | key | default | values | meaning |
      |---|---|---|---|
      | `credentials` | none | "env:NAME" of a set variable, "file:/path" of a readable text file, or the text itself | the account |
      | `keys` | `[]` | a list of "env:NAME" of a set variable, "file:/path" of a readable text file, or the text itself | former keys |
      | `project` | `""` | text | the project |

      ## `[watch]`

      sees listeners

      | key | default | values | meaning |
      |---|---|---|---|
      | `max_listening_series` | `256` | 1–65536 | series per metric |
      | `owners` | `true` | true or false | resolve process names |
      | `budget` | `0.02` | 0.001–1 | share of one core |
      | `scan_interval` | `"10s"` | 1s–10m, or "0s" | listener scan |
      | `window` | `"256KiB"` | 1KiB–1MiB | bytes in flight |
      | `socket_source` | `"auto"` | auto, netlink or proc | kernel table |
      | `fallbacks` | `[]` | a list of auto, netlink or proc | further tables |
      | `ignore_interfaces` | `["veth*"]` | a list of text | patterns |

      ## `[[watch.expected]]`

      listeners that should be there

      | key | default | values | meaning |
      |---|---|---|---|
      | `port` | required | a port 1–65535 or a range like "8000-8010" | the port |
      | `note` | `""` | text | shown beside the listener |
      | `unit` | none | text | systemd unit |
      | `uid` | none | 0–4294967294 | of the socket |

      ## `[ops]`

      the process

      | key | default | values | meaning |
      |---|---|---|---|
      | `read_timeout` | `"5s"` | 1ms–24h | of a body |
      | `listen` | `""` | a loopback address, or "" for none | metrics address |
      | `header_timeout` | `"5s"` | 1ms–24h | of a head |

      ## `[ops.log]`

      the log

      | key | default | values | meaning |
      |---|---|---|---|
      | `level` | `"info"` | info or debug | narrowest level |

      ## `[[hooks]]`

      before an announce

      | key | default | values | meaning |
      |---|---|---|---|
      | `name` | required | client approval or interval variation | which hook |

      ## `[hooks.config]`

      of the hook

      | key | default | values | meaning |
      |---|---|---|---|
      | `client_id_list` | `[]` | a list of text | accepted clients |
      | `invert` | `false` | true or false | refuse them instead |
      | `by` | `"1m"` | 1ms–24h | added at most |

      """;

  private static final String SAMPLE =
      """

      ## wakes phones
      # [push]
      ## the account: "env:NAME" of a set variable, "file:/path" of a readable text file, or the text itself
      ## credentials is not set
      ## former keys: a list of "env:NAME" of a set variable, "file:/path" of a readable text file, or the text itself
      # keys = []
      ## the project: text
      # project = ""

      ## sees listeners
      # [watch]
      ## series per metric: 1–65536
      # max_listening_series = 256
      ## resolve process names: true or false
      # owners = true
      ## share of one core: 0.001–1
      # budget = 0.02
      ## listener scan: 1s–10m, or "0s"
      # scan_interval = "10s"
      ## bytes in flight: 1KiB–1MiB
      # window = "256KiB"
      ## kernel table: auto, netlink or proc
      # socket_source = "auto"
      ## further tables: a list of auto, netlink or proc
      # fallbacks = []
      ## patterns: a list of text
      # ignore_interfaces = ["veth*"]

      ## listeners that should be there
      ## [[watch.expected]]
      ## the port: a port 1–65535 or a range like "8000-8010"
      ## port = "22"
      ## shown beside the listener: text
      ## note = ""
      ## systemd unit: text
      ## unit is not set
      ## of the socket: 0–4294967294
      ## uid is not set

      ## the process
      # [ops]
      ## of a body: 1ms–24h
      # read_timeout = "5s"
      ## metrics address: a loopback address, or "" for none
      # listen = ""
      ## of a head: 1ms–24h
      # header_timeout = "5s"

      ## the log
      # [ops.log]
      ## narrowest level: info or debug
      # level = "info"

      ## before an announce
      ## [[hooks]]
      ## which hook: client approval or interval variation
      ## name = "client approval"

      ## of the hook
      ## [hooks.config]
      ## accepted clients: a list of text
      ## client_id_list = []
      ## refuse them instead: true or false
      ## invert = false
      ## added at most: 1ms–24h
      ## by = "1m"
      """;

  private static final String EFFECTIVE =
      """
      hooks = []

      [push]
      keys = []
      project = ""

      [watch]
      max_listening_series = 256
      owners = true
      budget = 0.02
      scan_interval = "10s"
      window = "256KiB"
      socket_source = "auto"
      fallbacks = []
      ignore_interfaces = ["veth*"]
      expected = []

      [ops]
      read_timeout = "5s"
      listen = ""
      header_timeout = "5s"

      [ops.log]
      level = "info"
      """;

  private static final String SCHEMA =
      """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Small",
        "type": "object",
        "properties": {
          "window": {
            "description": "frames (10–20, or 0)",
            "anyOf": [{
                "type": "integer",
                "minimum": 10,
                "maximum": 20
              }, {
                "const": 0
              }],
            "default": 10
          },
          "burst": {
            "description": "frames (1–5)",
            "anyOf": [{
                "type": "integer",
                "minimum": 1,
                "maximum": 5
              }, {
                "const": 0
              }],
            "default": 0
          },
          "bytes": {
            "description": "a size (0B or more)",
            "type": ["string", "integer"],
            "minimum": 0,
            "pattern": "^[0-9]{1,10}(B|KiB|MiB|GiB|TiB)?$",
            "default": "1KiB"
          },
          "age": {
            "description": "a span (1ms–24h)",
            "type": ["string", "integer"],
            "maximum": 0,
            "minimum": 0,
            "pattern": "^(([0-9]{1,12}(ms|s|m|h|d))+|0)$",
            "default": "90s"
          },
          "list": {
            "description": "entries",
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "name": {
                  "description": "a name (text)",
                  "type": "string",
                  "examples": ["a|\\"b\\""]
                }
              },
              "required": ["name"],
              "additionalProperties": false
            }
          }
        },
        "additionalProperties": false
      }
      """;

  private static final Declaration.Section DECLARED = GateExample.CONFIGURATION.describe();

  @Test
  void theReferenceIsATableForEachSection() {
    assertThat(Reference.of(DECLARED)).isEqualTo(REFERENCE);
  }

  @Test
  void theSampleShowsEveryDefaultAndSetsNone() {
    assertThat(SampleFile.of(DECLARED)).isEqualTo(SAMPLE);
  }

  @Test
  void theEffectiveConfigurationIsPlainToml() {
    assertThat(TomlText.of(ReadingTest.loaded(ConfigSource.builtIn()).effective()))
        .isEqualTo(EFFECTIVE);
  }

  @Test
  void theSchemaIsClosedAndSaysTypesRangesAndDefaults() {
    assertThat(JsonSchema.of(Configuration.of(DocumentsTest::small).describe(), "Small"))
        .isEqualTo(SCHEMA);
  }

  private static String small(Section root) {
    return root.integer("window", "frames").range(10, 20).orZero().orElse(10)
        + root.integer("burst", "frames").range(1, 5).orElse(0)
        + root.size("bytes", "a size").orElse(1L << 10)
        + root.duration("age", "a span").orElse(Duration.ofSeconds(90)).toString()
        + root.tables("list", "entries", entry -> entry.text("name", "a name").required("a|\"b\""));
  }
}
