package dev.carillon.simulator.people;

import java.util.List;
import java.util.random.RandomGenerator;

/** Names of people, in the scripts that real profiles are written in. */
final class Names {

  private static final List<String> GIVEN =
      List.of(
          "Aarav", "Ananya", "Priya", "Rohan", "Sneha", "Vikram", "Meera", "Arjun", "Kavya",
          "James", "Emily", "Michael", "Olivia", "Noah", "Grace", "João", "Ana", "Beatriz",
          "Thiago", "Luiza", "Budi", "Siti", "Dewi", "Agus", "Rina", "José", "Lucía", "Diego",
          "Zoë", "Jürgen", "Amara", "Chidi", "Fatima", "Omar", "Layla", "Thandi", "Sipho");
  private static final List<String> FAMILY =
      List.of(
          "Sharma",
          "Patel",
          "Iyer",
          "Khan",
          "Reddy",
          "Das",
          "Nair",
          "Singh",
          "Gupta",
          "Smith",
          "Johnson",
          "Taylor",
          "Brown",
          "Silva",
          "Santos",
          "Conceição",
          "Wijaya",
          "Santoso",
          "Pratama",
          "García",
          "Muñoz",
          "Müller",
          "Okafor",
          "Adeyemi",
          "Al Farsi",
          "Nkosi");
  private static final List<String> PROFILES =
      List.of("प्रिया शर्मा", "محمد", "Ana 🌻", "Дмитрий", "さくら", "J.", "~ R ~", "Zoë 🎸");

  private Names() {}

  static String given(RandomGenerator draws) {
    return GIVEN.get(draws.nextInt(GIVEN.size()));
  }

  static String family(RandomGenerator draws) {
    return FAMILY.get(draws.nextInt(FAMILY.size()));
  }

  /** A name as people set it on WhatsApp: mostly their own, sometimes anything. */
  static String profileName(RandomGenerator draws) {
    if (draws.nextInt(8) == 0) {
      return PROFILES.get(draws.nextInt(PROFILES.size()));
    }
    return draws.nextBoolean() ? given(draws) : given(draws) + " " + family(draws);
  }
}
