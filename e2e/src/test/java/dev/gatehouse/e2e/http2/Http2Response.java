package dev.gatehouse.e2e.http2;

import java.util.List;

/** A response as it came by a stream, trailers behind the other fields. */
record Http2Response(List<Field> fields, String body) {

  int status() {
    return Integer.parseInt(values(":status").getLast());
  }

  List<String> values(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).map(Field::value).toList();
  }
}
