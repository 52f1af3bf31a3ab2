package dev.gatehouse.config;

import dev.gatehouse.config.Pass.Entry;
import dev.gatehouse.config.document.Declaration;
import dev.gatehouse.config.source.Given;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.config.tree.Node.Array;
import dev.gatehouse.config.tree.Node.Kind;
import dev.gatehouse.config.tree.Node.Scalar;
import dev.gatehouse.config.tree.Node.Table;
import dev.gatehouse.config.tree.Quotation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One table during a pass: what the file says in it, what was asked of it, and what became of that.
 *
 * <p>Asking is declaring. The keys that were asked for are the known ones, so a key that nobody
 * asked for is a mistake, and the schema is what a pass over nothing asked for.
 */
final class Scope {

  private static final Table NOTHING = new Table(0, Map.of());

  private final Pass pass;
  private final String path;
  private final Table table;
  private final boolean present;
  private final boolean repeated;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private boolean presenceMatters;

  /** What was asked for under one name. */
  private sealed interface Member {

    record Key(Declaration.Key declared, Optional<Node> effective) implements Member {}

    record Child(String description, Scope scope) implements Member {}

    record Children(String description, List<Scope> scopes) implements Member {}
  }

  private Scope(Pass pass, String path, Table table, boolean present, boolean repeated) {
    this.pass = pass;
    this.path = path;
    this.table = table;
    this.present = present;
    this.repeated = repeated;
  }

  static Scope root(Pass pass, Table table) {
    return new Scope(pass, "", table, true, false);
  }

  Pass pass() {
    return pass;
  }

  String path(String name) {
    return path.isEmpty() ? name : path + '.' + name;
  }

  String path() {
    return path;
  }

  int line() {
    return table.line();
  }

  boolean isPresent() {
    presenceMatters = true;
    return present;
  }

  /** The value of a key by rank: from outside, from the file, from the command's presets. */
  Optional<Entry> entry(String name) {
    String key = path(name);
    Optional<Entry> filed =
        Optional.ofNullable(table.entries().get(name)).map(node -> new Entry(key, node, null));
    if (repeated || pass.isDescribing()) {
      return filed;
    }
    return outranking(key).or(() -> filed).or(() -> preset(key));
  }

  /** As {@link #entry}, without the value of what was not asked for or is a secret. */
  Optional<Entry> told(String name) {
    return entry(name).map(entry -> isPublic(name) ? entry : entry.hide());
  }

  private boolean isPublic(String name) {
    return switch (members.get(name)) {
      case null -> false;
      case Member.Key key -> key.declared().shape().type() != Declaration.Type.SECRET;
      case Member.Child _, Member.Children _ -> true;
    };
  }

  private Optional<Entry> outranking(String key) {
    return pass.source().outranking(key).map(g -> new Entry(key, g.node(), g.origin()));
  }

  private Optional<Entry> preset(String key) {
    return Optional.ofNullable(pass.source().presets().get(key))
        .map(text -> new Entry(key, new Given("preset", text).node(), "preset of " + key));
  }

  void declare(Declaration.Key key, Optional<Node> effective) {
    members.putIfAbsent(key.name(), new Member.Key(key, effective));
  }

  Scope child(String name, String description) {
    if (members.get(name) instanceof Member.Child child) {
      return child.scope();
    }
    Scope scope = childScope(name);
    members.put(name, new Member.Child(description, scope));
    return scope;
  }

  private Scope childScope(String name) {
    Node node = table.entries().get(name);
    if (node == null) {
      boolean here = present && (!pass.hasFile() || pass.isDescribing() || isSpokenOf(name));
      return new Scope(pass, path(name), NOTHING, here, repeated);
    }
    return new Scope(pass, path(name), tableAt(name, node), true, repeated);
  }

  /** A flag for a key of a section is as good as the section in a file. */
  private boolean isSpokenOf(String name) {
    return pass.source().speaksOf(path(name) + '.');
  }

  private Table tableAt(String name, Node node) {
    return switch (node) {
      case Table found -> found;
      case Scalar scalar when scalar.kind() == Kind.EMPTY -> new Table(scalar.line(), Map.of());
      case Scalar _, Array _ -> {
        refuseTable(new Entry(path(name), node, null), "expected a section [" + path(name) + "]");
        yield NOTHING;
      }
    };
  }

  List<Scope> children(String name, String description, int atMost) {
    List<Scope> scopes = pass.isDescribing() ? List.of(template(name)) : elements(name, atMost);
    members.putIfAbsent(name, new Member.Children(description, scopes));
    return scopes;
  }

  private Scope template(String name) {
    return members.get(name) instanceof Member.Children children
        ? children.scopes().getFirst()
        : new Scope(pass, path(name) + "[]", NOTHING, true, true);
  }

  private List<Scope> elements(String name, int atMost) {
    Node node = table.entries().get(name);
    if (node == null) {
      return List.of();
    }
    Entry entry = new Entry(path(name), node, null);
    if (!(node instanceof Array array)) {
      refuseTable(entry, "expected [[" + path(name) + "]] or a list of tables");
      return List.of();
    }
    if (array.elements().size() > atMost) {
      pass.refuse(
          path(name),
          node.line(),
          "%d entries: expected at most %d".formatted(array.elements().size(), atMost));
      return List.of();
    }
    return IntStream.range(0, array.elements().size())
        .mapToObj(i -> entry.element(i, array.elements().get(i)))
        .flatMap(element -> element(element).stream())
        .toList();
  }

  private Optional<Scope> element(Entry element) {
    if (element.node() instanceof Table found) {
      return Optional.of(new Scope(pass, element.path(), found, true, true));
    }
    refuseTable(element, "expected a table such as { key = \"value\" }");
    return Optional.empty();
  }

  /** What stands in the place of a table may be its lines, and in them a secret. */
  private void refuseTable(Entry entry, String sentence) {
    pass.refuse(entry.hide(), sentence);
  }

  /** To be called when the reader is done, since only then every known key has been asked for. */
  void refuseUnknown() {
    table.entries().forEach(this::refuseUnknown);
    members.values().forEach(Scope::refuseUnknownIn);
  }

  private void refuseUnknown(String name, Node node) {
    if (!members.containsKey(name)) {
      String kind = node instanceof Table ? "unknown section" : "unknown key";
      pass.refuse(
          path(Quotation.cut(name)), node.line(), kind + Pass.didYouMean(name, members.keySet()));
    }
  }

  private static void refuseUnknownIn(Member member) {
    switch (member) {
      case Member.Key _ -> {}
      case Member.Child child -> child.scope().refuseUnknown();
      case Member.Children children -> children.scopes().forEach(Scope::refuseUnknown);
    }
  }

  List<Declaration> declarations() {
    List<Declaration> declarations = new ArrayList<>();
    members.forEach((name, member) -> declarations.add(declaration(name, member)));
    return declarations;
  }

  private static Declaration declaration(String name, Member member) {
    return switch (member) {
      case Member.Key key -> key.declared();
      case Member.Child(String description, Scope scope) ->
          new Declaration.Section(name, description, false, scope.declarations());
      case Member.Children(String description, List<Scope> scopes) ->
          new Declaration.Section(name, description, true, scopes.getFirst().declarations());
    };
  }

  Table effective() {
    Map<String, Node> entries = new LinkedHashMap<>();
    members.forEach((name, member) -> effective(member).ifPresent(n -> entries.put(name, n)));
    return new Table(0, entries);
  }

  private static Optional<Node> effective(Member member) {
    return switch (member) {
      case Member.Key key -> key.effective();
      case Member.Child child -> child.scope().effectiveIfCounting();
      case Member.Children children ->
          Optional.of(
              new Array(0, children.scopes().stream().<Node>map(Scope::effective).toList()));
    };
  }

  /** A section whose absence means something stays out, else reading it again would add it. */
  private Optional<Node> effectiveIfCounting() {
    return presenceMatters && !present ? Optional.empty() : Optional.of(effective());
  }
}
