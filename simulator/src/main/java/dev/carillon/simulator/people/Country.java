package dev.carillon.simulator.people;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A country that users come from.
 *
 * @param share of all users, in percent
 * @param callingCode of the country, digits
 * @param digits of a mobile number after the calling code
 * @param language that the app is used in
 * @param prefixes that mobile numbers start with after the calling code
 */
record Country(
    String name,
    int share,
    String callingCode,
    int digits,
    String language,
    Names names,
    List<String> cities,
    List<String> prefixes) {

  private static final int PERCENT = 100;

  /** Their shares sum up to 100. */
  static final List<Country> ALL =
      List.of(
          new Country(
              "India",
              46,
              "91",
              10,
              "en",
              Names.INDIAN,
              List.of("Mumbai", "Pune", "Delhi", "Bengaluru", "Chennai", "Jaipur"),
              List.of("98200", "98190", "99300", "98450", "98860", "99020", "98110", "94480")),
          new Country(
              "United States",
              12,
              "1",
              10,
              "en",
              Names.ENGLISH,
              List.of("New York", "San Francisco", "Austin", "Chicago"),
              List.of("212555", "650253", "415867", "512474", "312726", "917445", "206684")),
          new Country(
              "United Kingdom",
              6,
              "44",
              10,
              "en",
              Names.ENGLISH,
              List.of("London", "Manchester", "Leeds"),
              List.of("7402", "7711", "7801", "7860", "7912", "7973")),
          new Country(
              "Brazil",
              11,
              "55",
              11,
              "pt_BR",
              Names.BRAZILIAN,
              List.of("São Paulo", "Rio de Janeiro", "Belo Horizonte", "Recife"),
              List.of("1198", "1197", "2199", "3198", "8199", "7198", "5199")),
          new Country(
              "Indonesia",
              10,
              "62",
              11,
              "id",
              Names.INDONESIAN,
              List.of("Jakarta", "Surabaya", "Bandung"),
              List.of("8121", "8122", "8131", "8521", "8211")),
          new Country(
              "Mexico",
              4,
              "52",
              10,
              "es",
              Names.MEXICAN,
              List.of("Ciudad de México", "Guadalajara"),
              List.of("5512", "5543", "3312")),
          new Country(
              "Germany",
              3,
              "49",
              11,
              "de",
              Names.GERMAN,
              List.of("Berlin", "München", "Köln"),
              List.of("1512", "1520", "1590")),
          new Country(
              "Nigeria",
              3,
              "234",
              10,
              "en",
              Names.NIGERIAN,
              List.of("Lagos", "Abuja"),
              List.of("8031", "8061", "7031")),
          new Country(
              "United Arab Emirates",
              3,
              "971",
              9,
              "ar",
              Names.ARABIC,
              List.of("Dubai", "Abu Dhabi"),
              List.of("502", "507", "552")),
          new Country(
              "South Africa",
              2,
              "27",
              9,
              "en",
              Names.SOUTH_AFRICAN,
              List.of("Johannesburg", "Cape Town"),
              List.of("821", "832", "725")));

  static Country any(RandomGenerator draws) {
    int left = draws.nextInt(PERCENT);
    for (Country country : ALL) {
      left -= country.share;
      if (left < 0) {
        return country;
      }
    }
    throw new IllegalStateException("the shares of countries do not sum up to 100");
  }

  /** The country that a number (digits) belongs to; any one of them for what is no number. */
  static Country ofPhone(String phone) {
    return ALL.stream()
        .filter(country -> phone.startsWith(country.callingCode))
        .findFirst()
        .orElse(ALL.getFirst());
  }

  String city(RandomGenerator draws) {
    return cities.get(draws.nextInt(cities.size()));
  }

  /** A mobile number in E.164. */
  String mobile(RandomGenerator draws) {
    StringBuilder number = new StringBuilder("+").append(callingCode);
    String prefix = prefixes.get(draws.nextInt(prefixes.size()));
    number.append(prefix);
    for (int i = prefix.length(); i < digits; i++) {
      number.append((char) ('0' + draws.nextInt(10)));
    }
    return number.toString();
  }

  /** A number that looks like one of this country's but has too few digits. */
  String tooShort(RandomGenerator draws) {
    return mobile(draws).substring(0, callingCode.length() + 5);
  }
}
