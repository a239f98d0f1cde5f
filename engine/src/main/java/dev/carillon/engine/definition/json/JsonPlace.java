package dev.carillon.engine.definition.json;

import dev.carillon.engine.definition.json.Problem.Code;
import dev.carillon.engine.json.JsonPointers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A place in a document that is being read: the JSON value there and the pointer to it. What does
 * not fit is noted as a problem and answered with null, so that reading goes on and finds the rest.
 *
 * @param node the value; a missing node where there is none
 * @param pointer the JSON pointer to it
 * @param problems where problems are noted
 */
public record JsonPlace(JsonNode node, String pointer, Problems problems) {

  public static JsonPlace root(JsonNode node, Problems problems) {
    return new JsonPlace(node, "", problems);
  }

  /** Whether there is no value, or null. */
  public boolean absent() {
    return node.isMissingNode() || node.isNull();
  }

  /** Whether the object here has the member, null included. */
  public boolean has(String member) {
    return node.has(member);
  }

  public JsonPlace member(String name) {
    JsonNode value = node.isObject() ? node.get(name) : null;
    return new JsonPlace(
        value == null ? MissingNode.getInstance() : value,
        pointer + JsonPointers.member(name),
        problems);
  }

  public void problem(Code code, String words) {
    problems.add(pointer, code, words);
  }

  /** Notes a problem and answers null, where a value is owed. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // null is of every type: nothing is cast
  public <T> @Nullable T no(Code code, String words) {
    problem(code, words);
    return null;
  }

  /** Whether an object is here; notes the members that it must not have. */
  public boolean object(String... members) {
    if (!isObject()) {
      return false;
    }
    for (String name : node.propertyNames()) {
      if (!Arrays.asList(members).contains(name)) {
        member(name)
            .problem(
                Code.UNKNOWN_MEMBER, "there is no such member here; " + said(members) + " are");
      }
    }
    return true;
  }

  /** Whether an object is here, whatever its members. */
  public boolean isObject() {
    if (absent()) {
      return required();
    }
    if (!node.isObject()) {
      problem(Code.WRONG_TYPE, "an object is needed here");
      return false;
    }
    return true;
  }

  /** A text of 1 to {@code most} characters that is not blank. */
  public @Nullable String name(int most) {
    String text = text(most);
    return text != null && text.isBlank() ? no(Code.EMPTY, "this must not be empty") : text;
  }

  /** A text of at most {@code most} characters. */
  public @Nullable String text(int most) {
    if (absent()) {
      required();
      return null;
    }
    if (!node.isString()) {
      return no(Code.WRONG_TYPE, "a text is needed here");
    }
    String text = node.stringValue();
    if (text.codePointCount(0, text.length()) > most) {
      return no(Code.TOO_LONG, "at most " + most + " characters fit here");
    }
    if (text.codePoints().anyMatch(JsonPlace::cannotBeStored)) {
      return no(Code.BAD_FORMAT, "the text has a character that cannot be stored");
    }
    return text;
  }

  /** True or false; the given one where there is no value. */
  public @Nullable Boolean yes(boolean otherwise) {
    if (absent()) {
      return otherwise;
    }
    return node.isBoolean()
        ? Boolean.valueOf(node.booleanValue())
        : no(Code.WRONG_TYPE, "true or false is needed here");
  }

  /** A whole number in the range. */
  public @Nullable Long whole(long least, long most) {
    if (absent()) {
      required();
      return null;
    }
    if (!node.isNumber()) {
      return no(Code.WRONG_TYPE, "a whole number is needed here");
    }
    boolean open = most >= Integer.MAX_VALUE;
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      return no(
          Code.OUT_OF_RANGE,
          "a whole number " + (open ? "" : "from " + least + " to " + most + " ") + "is needed");
    }
    long number = node.longValue();
    if (number >= least && number <= most) {
      return Long.valueOf(number);
    }
    return no(
        Code.OUT_OF_RANGE,
        !open
            ? "it must be from " + least + " to " + most
            : number < least ? "it must be " + least + " or more" : "it is too large");
  }

  /** One of the given texts. */
  public @Nullable String oneOf(List<String> known) {
    String text = text(100);
    return text == null || known.contains(text)
        ? text
        : no(Code.UNKNOWN_VALUE, "it must be one of " + String.join(", ", known));
  }

  /** The elements of a list, read one by one; null when something is wrong with the list itself. */
  public <T> @Nullable List<T> list(int least, int most, Function<JsonPlace, @Nullable T> read) {
    if (absent()) {
      required();
      return null;
    }
    if (!node.isArray()) {
      return no(Code.WRONG_TYPE, "a list is needed here");
    }
    if (node.size() < least) {
      return no(Code.EMPTY, "the list needs at least " + least);
    }
    if (node.size() > most) {
      return no(Code.TOO_MANY, "the list may have at most " + most);
    }
    ArrayList<T> values = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      T value = read.apply(new JsonPlace(node.get(i), pointer + "/" + i, problems));
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  private boolean required() {
    problem(Code.REQUIRED, "this is missing");
    return false;
  }

  /** U+0000 cuts texts short in some stores; half a surrogate pair is no character at all. */
  private static boolean cannotBeStored(int codePoint) {
    return codePoint == 0 || (codePoint >= 0xD800 && codePoint <= 0xDFFF);
  }

  private static String said(String... members) {
    return String.join(", ", members);
  }
}
