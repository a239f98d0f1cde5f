package dev.carillon.server.access.login;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What will not do as a password is refused, and the words say why. */
class PasswordRulesTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "hq9-x2fz-pp", "aaaaaaaaaa", "          \uD83D\uDD11"})
  void shortOnesAreRefused(String password) {
    assertThatThrownBy(() -> PasswordRules.check("meera", password))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 12 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aaaaaaaaaaaa",
        "123456789012",
        "password1234",
        "qwertyuiop12",
        "1q2w3e4r5t6y",
        "unbelievable",
        "trustno1trustno1",
        "monkeydragon1",
        "Carillon2026!"
      })
  void commonOnesAreRefused(String password) {
    assertThatThrownBy(() -> PasswordRules.check("meera", password))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("easily guessed");
  }

  @ParameterizedTest
  @CsvSource({
    "christopher-p, Christopher-P",
    "christopher-p, chirstopher-pp",
    "christopher-p, p-rehpotsirhc",
    "meera, kettle-Meera-orchard",
    "meera, kettle-areem-orchard",
    "meera@shop.example, violin-shop-orchard",
    "admin, admin-lantern-violin",
  })
  void onesNearTheNameAreRefused(String name, String password) {
    assertThatThrownBy(() -> PasswordRules.check(name, password))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name");
  }

  @Test
  void longOnesAreRefusedNotCut() {
    String words = "lantern-orchard-violin-meadow-";
    PasswordRules.check("meera", words + "é".repeat(21));
    assertThatThrownBy(() -> PasswordRules.check("meera", words + "é".repeat(22)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("72 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"correct horse battery", "7hq9-x2fz-pp3a", "al-lantern-violin"})
  void goodOnesAreTaken(String password) {
    assertThatCode(() -> PasswordRules.check("al", password)).doesNotThrowAnyException();
  }

  @Test
  void generatedOnesAreTaken() {
    for (int i = 0; i < 5; i++) {
      String password = Logins.freshPassword();
      assertThatCode(() -> PasswordRules.check("admin", password)).doesNotThrowAnyException();
    }
  }
}
