package dev.carillon.engine.definition.rules;

import dev.carillon.core.audience.Rule;
import dev.carillon.engine.definition.json.JsonPlace;
import dev.carillon.engine.definition.json.Problems;
import dev.carillon.engine.definition.json.Reading;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a segment's name and rule from JSON, whole or as changes to what it was. Never throws on
 * what was sent in.
 */
public final class SegmentDefinitionReader {
  private static final int LONGEST_NAME = 200;

  private SegmentDefinitionReader() {}

  /**
   * What a segment is.
   *
   * @param name 1 to 200 characters, without spaces around it
   */
  public record Named(String name, Rule rule) {}

  /** A new segment, of which both are required. */
  public static Reading<Named> read(JsonNode json) {
    return read(json, null);
  }

  /** The segment with the members that are given in place of the old ones. */
  public static Reading<Named> change(Named before, JsonNode json) {
    return read(json, before);
  }

  private static Reading<Named> read(JsonNode json, @Nullable Named before) {
    Problems problems = new Problems();
    return problems.reading(read(JsonPlace.root(json, problems), before));
  }

  private static @Nullable Named read(JsonPlace place, @Nullable Named before) {
    if (!place.object("name", "rule")) {
      return null;
    }
    String name =
        before == null || place.has("name")
            ? place.member("name").name(LONGEST_NAME)
            : before.name();
    Rule rule =
        before == null || place.has("rule") ? RuleReader.read(place.member("rule")) : before.rule();
    return name == null || rule == null ? null : new Named(name.strip(), rule);
  }
}
