package dev.carillon.core.audience;

import dev.carillon.core.audience.PropertyCondition.Operator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The properties that name a person or lead to them. A count of those that such a property fits
 * shows whether somebody is known, so it is for those who may see people.
 */
public final class PersonalProperties {
  /** In small letters and digits alone, as the whole name. */
  private static final Set<String> NAMES =
      Set.of(
          "name",
          "firstname",
          "middlename",
          "lastname",
          "fullname",
          "givenname",
          "familyname",
          "surname",
          "nickname",
          "username",
          "displayname",
          "customername",
          "contactname",
          "identity",
          "userid",
          "customerid",
          "externalid",
          "objectid",
          "fbid",
          "facebookid",
          "gpid",
          "googleid",
          "dob",
          "dateofbirth",
          "birthdate",
          "birthday",
          "address",
          "street",
          "streetaddress",
          "ipaddress");

  /** In small letters and digits alone, at the end of the name. */
  private static final List<String> ENDINGS =
      List.of(
          "phone",
          "phonenumber",
          "mobile",
          "mobilenumber",
          "msisdn",
          "whatsapp",
          "whatsappnumber",
          "email",
          "emailaddress",
          "mail",
          "passport",
          "passportnumber",
          "ssn",
          "taxid");

  /** Whether one agreed to messages is called so and names no one. */
  private static final String CONSENT = "msg";

  private PersonalProperties() {}

  /** Whether a property of this name, however it is written, names a person. */
  public static boolean include(String property) {
    String name = property.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    return NAMES.contains(name)
        || (!name.startsWith(CONSENT) && ENDINGS.stream().anyMatch(name::endsWith));
  }

  /**
   * The first such property that a rule compares with a value; empty when there is none. Whether
   * people have one at all names no one.
   *
   * @param rule one into which what it refers to was put already
   */
  public static Optional<String> in(Rule rule) {
    return conditions(rule)
        .filter(condition -> condition.operator() != Operator.EXISTS)
        .filter(condition -> condition.operator() != Operator.NOT_EXISTS)
        .map(PropertyCondition::name)
        .filter(PersonalProperties::include)
        .findFirst();
  }

  private static Stream<PropertyCondition> conditions(Rule rule) {
    return switch (rule) {
      case Rule.All(List<Rule> rules) -> rules.stream().flatMap(PersonalProperties::conditions);
      case Rule.Any(List<Rule> rules) -> rules.stream().flatMap(PersonalProperties::conditions);
      case Rule.Not(Rule inner) -> conditions(inner);
      case Rule.OfProperty(PropertyCondition condition) -> Stream.of(condition);
      case Rule.Did did -> did.where().stream();
      case Rule.DidNot didNot -> didNot.where().stream();
      case Rule.Amount amount ->
          Stream.concat(Stream.of(amount.compared()), amount.where().stream());
      case Rule.Everyone _, Rule.Occasion _, Rule.Saved _, Rule.Reachable _, Rule.Bucket _ ->
          Stream.empty();
    };
  }
}
