package dev.carillon.engine.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {
  private final PhoneNumbers numbers = new PhoneNumbers(null);

  @ParameterizedTest
  @CsvSource({
    "+55 31 8765-4321, 5531987654321",
    "+55 31 98765-4321, 5531987654321",
    "005531 8765 4321, 5531987654321",
    "+55 31 3456-7890, 553134567890",
    "+52 1 55 1234 5678, 525512345678",
    "+52 55 1234 5678, 525512345678",
    "+54 11 1234-5678, 5491112345678",
    "+54 9 11 1234-5678, 5491112345678",
    "+91 98765 43210, 919876543210",
  })
  void aValidNumberHasOneSpelling(String text, String digits) {
    assertThat(numbers.digits(text)).contains(digits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"+5215512345", "+55318765432", "+52 1 11 1234 5678", "+549", "5531987654321"})
  void othersStayInvalid(String text) {
    assertThat(numbers.digits(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "553187654321, 5531987654321",
    "+553187654321, 5531987654321",
    "553134567890, 553134567890",
    "5531934567890, 5531934567890",
    "5215512345678, 525512345678",
    "541112345678, 5491112345678",
    "US.13491208655302741918, US.13491208655302741918",
    "US.ENT.521, US.ENT.521",
    "12025550151, 12025550151",
  })
  void anAddressHasOneSpelling(String address, String canonical) {
    assertThat(AddressKinds.canonical(address)).isEqualTo(canonical);
  }

  @Test
  void allSpellingsAreKnown() {
    assertThat(AddressKinds.spellings("5531987654321"))
        .isEqualTo(Set.of("5531987654321", "553187654321"));
    assertThat(AddressKinds.spellings("525512345678"))
        .isEqualTo(Set.of("525512345678", "5215512345678"));
    assertThat(AddressKinds.spellings("5491112345678"))
        .isEqualTo(Set.of("5491112345678", "541112345678"));
    assertThat(AddressKinds.spellings("5531934567890")).isEqualTo(Set.of("5531934567890"));
  }

  @RepeatedTest(20)
  void everySpellingLeadsToTheCanonicalOne(RepetitionInfo repetition) {
    Random random = new Random(6_600L + repetition.getCurrentRepetition());
    for (int i = 0; i < 500; i++) {
      String[] starts = {"55", "521", "52", "549", "54", "5511", "5531", "1", "91"};
      StringBuilder digits = new StringBuilder(starts[random.nextInt(starts.length)]);
      int length = 10 + random.nextInt(5);
      while (digits.length() < length) {
        digits.append(random.nextInt(10));
      }
      String canonical = AddressKinds.canonical(digits.toString());
      assertThat(AddressKinds.canonical(canonical)).isEqualTo(canonical);
      assertThat(AddressKinds.spellings(canonical)).contains(canonical, digits.toString());
      assertThat(AddressKinds.spellings(canonical))
          .allSatisfy(one -> assertThat(AddressKinds.canonical(one)).isEqualTo(canonical));
    }
  }
}
