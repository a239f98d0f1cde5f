package dev.carillon.storage.embedded.audience;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A piece of SQL and the values of its parameters, in the order of their question marks. What a
 * user sent in is only ever a value. Immutable.
 *
 * @param text the SQL
 * @param values texts, whole numbers (Long or Integer), numbers (Double), booleans or {@link
 *     java.time.LocalDateTime}s in UTC
 */
public record Sql(String text, List<Object> values) {
  static final Sql TRUE = of("true");
  static final Sql FALSE = of("false");

  public Sql {
    values = List.copyOf(values);
  }

  /** Puts the parts, in their order, in the places of {@code {}} in the template. */
  public static Sql of(String template, Sql... parts) {
    StringBuilder text = new StringBuilder();
    ArrayList<Object> values = new ArrayList<>();
    int from = 0;
    for (Sql part : parts) {
      int place = template.indexOf("{}", from);
      text.append(template, from, place).append(part.text);
      values.addAll(part.values);
      from = place + 2;
    }
    return new Sql(text.append(template, from, template.length()).toString(), values);
  }

  /** A parameter. */
  public static Sql value(Object value) {
    return new Sql("?", List.of(value));
  }

  static Sql join(String separator, Collection<Sql> parts) {
    ArrayList<Object> values = new ArrayList<>();
    ArrayList<String> texts = new ArrayList<>();
    for (Sql part : parts) {
      texts.add(part.text);
      values.addAll(part.values);
    }
    return new Sql(String.join(separator, texts), values);
  }

  /** True when all are; decided here where that is known already. */
  static Sql and(Collection<Sql> parts) {
    List<Sql> open = parts.stream().filter(part -> !part.equals(TRUE)).distinct().toList();
    if (open.contains(FALSE)) {
      return FALSE;
    }
    return open.isEmpty() ? TRUE : of("({})", join(" AND ", open));
  }

  /** True when one is; decided here where that is known already. */
  public static Sql or(Collection<Sql> parts) {
    List<Sql> open = parts.stream().filter(part -> !part.equals(FALSE)).distinct().toList();
    if (open.contains(TRUE)) {
      return TRUE;
    }
    return open.isEmpty() ? FALSE : of("({})", join(" OR ", open));
  }

  /** True when the part is false; the part is never null. */
  static Sql not(Sql part) {
    return part.equals(TRUE) ? FALSE : part.equals(FALSE) ? TRUE : of("(NOT {})", part);
  }

  /** A statement with the values set. */
  public PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(text);
    try {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      return statement;
    } catch (SQLException | RuntimeException failed) {
      statement.close();
      throw failed;
    }
  }
}
