package dev.carillon.server.pages.audience;

import dev.carillon.core.audience.Rule;
import dev.carillon.engine.definition.rules.RuleWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The field of a form that holds a rule, with what the rule builder needs to edit it. Made by
 * {@link RuleFields}.
 *
 * @param name name of the form's field; it holds the rule as JSON
 * @param json what the field holds
 * @param words the rule in plain words; why it cannot be read when it cannot
 * @param problems what is wrong, by JSON pointer into the rule
 * @param segments segments that the rule may refer to
 * @param lists lists that the rule may refer to
 */
public record RuleField(
    String name,
    String json,
    String words,
    Map<String, String> problems,
    List<Choice> segments,
    List<Choice> lists) {
  /** Prefix of the key of a form's problem when the problem is in the rule. */
  public static final String PROBLEM = "rule:";

  private static final JsonMapper JSON = JsonMapper.shared();

  public RuleField {
    segments = List.copyOf(segments);
    lists = List.copyOf(lists);
  }

  /** Something that can be chosen by name. */
  public record Choice(int id, String name) {}

  /** The key of a form's problem. */
  public static String problem(String pointer) {
    return PROBLEM + (pointer.startsWith("/rule") ? pointer.substring("/rule".length()) : pointer);
  }

  /** The problems of a form that are in the rule, by pointer. */
  static Map<String, String> problems(Map<String, String> form) {
    Map<String, String> problems = new TreeMap<>();
    form.forEach(
        (key, words) -> {
          if (key.startsWith(PROBLEM)) {
            problems.put(key.substring(PROBLEM.length()), words);
          }
        });
    return problems;
  }

  /** A rule as a field holds it; everyone where nothing is decided. */
  public static String json(@Nullable Rule rule) {
    return RuleWriter.write(rule == null ? new Rule.Everyone() : rule).toString();
  }

  /** The problems for the builder. */
  public String problemsJson() {
    return JSON.writeValueAsString(problems);
  }
}
