package dev.carillon.engine.intake.csv;

import dev.carillon.core.audience.DateText;
import dev.carillon.core.user.DataLimits;
import dev.carillon.engine.csv.CsvRow;
import dev.carillon.engine.intake.csv.CsvColumn.Use;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the columns of a CSV file become.
 *
 * @param columns in the file's order
 */
public record CsvMapping(List<CsvColumn> columns) {
  static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,18})?");
  static final Set<String> YES = Set.of("true", "yes", "y", "1");
  static final Set<String> NO = Set.of("false", "no", "n", "0");

  private static final Set<String> IDENTITIES =
      Set.of("identity", "userid", "customerid", "id", "externalid", "memberid", "uid");

  private static final Map<String, String> RECOGNISED =
      Map.ofEntries(
          Map.entry("phone", "Phone"),
          Map.entry("phonenumber", "Phone"),
          Map.entry("mobile", "Phone"),
          Map.entry("mobilenumber", "Phone"),
          Map.entry("msisdn", "Phone"),
          Map.entry("email", "Email"),
          Map.entry("emailaddress", "Email"),
          Map.entry("mail", "Email"),
          Map.entry("name", "Name"),
          Map.entry("fullname", "Name"));

  private static final Map<String, String> CONSENTS =
      Map.of(
          "msgwhatsapp", "MSG-whatsapp",
          "whatsappoptin", "MSG-whatsapp",
          "whatsappconsent", "MSG-whatsapp",
          "msgsms", "MSG-sms",
          "smsoptin", "MSG-sms",
          "smsconsent", "MSG-sms",
          "msgpush", "MSG-push",
          "msgemail", "MSG-email",
          "emailoptin", "MSG-email");

  public CsvMapping {
    columns = List.copyOf(columns);
  }

  /**
   * What the columns most likely are, by their names and the first rows.
   *
   * @param rows some of its rows
   * @param digits what was seen of all rows
   */
  public static CsvMapping suggest(List<String> headers, List<CsvRow> rows, DigitColumns digits) {
    List<CsvColumn> columns = new ArrayList<>();
    boolean identified = false;
    for (int i = 0; i < headers.size(); i++) {
      String header = headers.get(i);
      String plain = header.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
      int column = i;
      List<String> cells =
          rows.stream()
              .filter(row -> column < row.cells().size())
              .map(row -> row.cells().get(column))
              .filter(cell -> !cell.isEmpty())
              .toList();
      if (!identified && IDENTITIES.contains(plain)) {
        identified = true;
        columns.add(new CsvColumn(header, Use.IDENTITY, ""));
      } else if (RECOGNISED.containsKey(plain)) {
        columns.add(new CsvColumn(header, Use.TEXT, RECOGNISED.getOrDefault(plain, header)));
      } else if (CONSENTS.containsKey(plain)) {
        columns.add(new CsvColumn(header, Use.TRUTH, CONSENTS.getOrDefault(plain, header)));
      } else {
        Use use = use(cells);
        columns.add(
            new CsvColumn(
                header, use == Use.NUMBER && digits.areText(column) ? Use.TEXT : use, header));
      }
    }
    return new CsvMapping(columns);
  }

  private static Use use(List<String> cells) {
    if (cells.isEmpty()) {
      return Use.TEXT;
    }
    if (all(cells, cell -> truth(cell).isPresent()) && !all(cells, cell -> cell.matches("[01]"))) {
      return Use.TRUTH;
    }
    if (all(cells, cell -> NUMBER.matcher(cell).matches())) {
      return Use.NUMBER;
    }
    return all(cells, cell -> DateText.parse(cell).isPresent()) ? Use.DATE : Use.TEXT;
  }

  private static boolean all(List<String> cells, Predicate<String> test) {
    return cells.stream().allMatch(test);
  }

  /** What a cell says as yes or no; empty when it says neither. */
  static Optional<Boolean> truth(String cell) {
    String plain = cell.toLowerCase(Locale.ROOT);
    return YES.contains(plain)
        ? Optional.of(true)
        : NO.contains(plain) ? Optional.of(false) : Optional.empty();
  }

  /** The mapping in words of its own: equal for equal mappings. */
  public String key() {
    StringBuilder key = new StringBuilder();
    for (CsvColumn column : columns) {
      key.append(column.use().key()).append(' ').append(column.property()).append('\n');
    }
    return key.toString();
  }

  /** What keeps the mapping from being used, in plain words; empty when nothing does. */
  public Optional<String> problem() {
    long identities = columns.stream().filter(one -> one.use() == Use.IDENTITY).count();
    if (identities != 1) {
      return Optional.of("Exactly one column must be the identity.");
    }
    Set<String> names = new HashSet<>();
    for (CsvColumn column : columns) {
      boolean property = column.use() != Use.IDENTITY && column.use() != Use.SKIP;
      if (property
          && (column.property().isBlank()
              || column.property().length() > DataLimits.NAME_CHARACTERS)) {
        return Optional.of(
            "The column "
                + column.header()
                + " needs the name of a property, of 1 to 120"
                + " characters.");
      }
      if (property && !names.add(column.property())) {
        return Optional.of("Two columns become the property " + column.property() + ".");
      }
    }
    return Optional.empty();
  }
}
