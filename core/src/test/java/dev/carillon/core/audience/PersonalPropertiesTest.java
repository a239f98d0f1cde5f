package dev.carillon.core.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.audience.PropertyCondition.Operator;
import dev.carillon.core.channel.Channel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which properties name people, and which rules compare one. */
class PersonalPropertiesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Phone", "phone", "PHONE", "Mobile number", "work_phone", "MSISDN", "WhatsApp number",
        "Email", "e-mail", "E-Mail address", "Contact email", "Name", "first_name", "Last Name",
        "fullName", "identity", "customer_id", "userId", "FBID", "Date of birth", "Passport number",
      })
  void theseNamePeople(String property) {
    assertThat(PersonalProperties.include(property)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "City",
        "Age",
        "MSG-whatsapp",
        "MSG-email",
        "Product name",
        "Phone model",
        "Plan",
        "id",
        "Emails opened",
        "",
        "Tz",
      })
  void theseDoNot(String property) {
    assertThat(PersonalProperties.include(property)).isFalse();
  }

  @Test
  void oneIsFoundWhereverARuleComparesIt() {
    PropertyCondition email = condition("Email", Operator.STARTS_WITH);
    Rule ofProfile = new Rule.OfProperty(email);
    Period ever = new Period.Ever();
    for (Rule rule :
        List.of(
            ofProfile,
            new Rule.Not(ofProfile),
            new Rule.All(List.of(new Rule.Everyone(), new Rule.Any(List.of(ofProfile)))),
            new Rule.DidNot("Charged", ever, List.of(email)))) {
      assertThat(PersonalProperties.in(rule)).as("%s", rule).contains("Email");
    }
  }

  @Test
  void whetherPeopleHaveOneNamesNobody() {
    assertThat(
            PersonalProperties.in(
                new Rule.All(
                    List.of(
                        new Rule.OfProperty(
                            new PropertyCondition("Phone", Operator.EXISTS, new Value.Nothing())),
                        new Rule.OfProperty(condition("City", Operator.EQUALS)),
                        new Rule.Reachable(Channel.WHATSAPP)))))
        .isEmpty();
  }

  private static PropertyCondition condition(String property, Operator operator) {
    return new PropertyCondition(property, operator, new Value.Text("a"));
  }
}
