package dev.gatehouse.watch.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternsTest {

  @ParameterizedTest
  @CsvSource({
    "veth*,veth12,true",
    "veth*,veth,true",
    "veth*,eth0,false",
    "veth*,aveth,false",
    "*,'',true",
    "'','',true",
    "'',a,false",
    "eth?,eth0,true",
    "eth?,eth,false",
    "eth?,eth10,false",
    "*eth*0,myeth110,true",
    "a*b*c,aXbYbZc,true",
    "a*b*c,aXbYbZ,false",
    "/var/*/x,/var/a/b/x,true",
    "sd.,sda,false",
  })
  void matches(String pattern, String name, boolean expected) {
    assertThat(new NamePatterns(List.of(pattern)).test(name)).isEqualTo(expected);
  }

  @Test
  void oneOfSeveralIsEnoughAndNoneMatchesNothing() {
    assertThat(new NamePatterns(List.of("loop*", "sr*")).test("sr0")).isTrue();
    assertThat(new NamePatterns(List.of()).test("sr0")).isFalse();
  }
}
