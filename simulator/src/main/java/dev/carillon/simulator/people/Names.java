package dev.carillon.simulator.people;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The names of people in one part of the world.
 *
 * @param female given names of women
 * @param male given names of men
 * @param family family names
 */
record Names(List<String> female, List<String> male, List<String> family) {

  static final Names INDIAN =
      names(
          "Ananya Priya Sneha Meera Kavya Divya Ishita Pooja Neha Riya Lakshmi Aishwarya Nandini",
          "Aarav Rohan Vikram Arjun Rahul Aditya Karthik Sanjay Imran Harpreet Manish Nikhil Suresh",
          "Sharma Patel Iyer Khan Reddy Das Nair Singh Gupta Joshi Kulkarni Banerjee Mehta Rao Pillai");
  static final Names ENGLISH =
      names(
          "Emily Olivia Grace Chloe Hannah Zoë Abigail Sophie Charlotte Megan",
          "James Michael Noah Jack Oliver Daniel Ethan Harry Lucas Ryan",
          "Smith Johnson Taylor Brown Wilson Davies O'Connor Walker Clark Hughes Murphy");
  static final Names BRAZILIAN =
      names(
          "Ana Beatriz Luiza Júlia Fernanda Camila Letícia Tainá",
          "João Thiago Lucas Gustavo Rafael Caio Vinícius André",
          "Silva Santos Conceição Oliveira Souza Araújo Ribeiro Magalhães");
  static final Names INDONESIAN =
      names(
          "Siti Dewi Rina Putri Ayu Fitri Indah",
          "Budi Agus Rizky Joko Andi Hendra Bayu",
          "Wijaya Santoso Pratama Hidayat Nugroho Siregar Lestari");
  static final Names MEXICAN =
      names(
          "Lucía Sofía María Ximena Valeria Daniela",
          "José Diego Luis Ángel Mateo Emiliano",
          "García Hernández Muñoz López Ramírez Núñez");
  static final Names GERMAN =
      names(
          "Anna Lena Jule Katrin Mia",
          "Jürgen Lukas Jonas Felix Björn",
          "Müller Schröder Weiß Becker Köhler Wagner");
  static final Names NIGERIAN =
      names(
          "Amara Ngozi Folake Aisha Chioma",
          "Chidi Emeka Tunde Ibrahim Segun",
          "Okafor Adeyemi Balogun Eze Musa");
  static final Names ARABIC =
      names(
          "Fatima Layla Noor Mariam Huda",
          "Omar Khalid Yousef Hamdan Saeed",
          "Haddad Mansour Qasim Nasser Rahman");
  static final Names SOUTH_AFRICAN =
      names(
          "Thandi Lerato Naledi Zanele Anneke",
          "Sipho Thabo Pieter Kagiso Johan",
          "Nkosi Dlamini Botha Mokoena Naidoo");

  private static final List<String> PROFILES =
      List.of("प्रिया शर्मा", "محمد", "Ana 🌻", "Дмитрий", "さくら", "J.", "~ R ~", "Zoë 🎸");

  String given(boolean woman, RandomGenerator draws) {
    return any(woman ? female : male, draws);
  }

  String family(RandomGenerator draws) {
    return any(family, draws);
  }

  /** A name as people set it on WhatsApp: mostly their own, sometimes anything. */
  String profileName(RandomGenerator draws) {
    if (draws.nextInt(8) == 0) {
      return any(PROFILES, draws);
    }
    String given = given(draws.nextBoolean(), draws);
    return draws.nextBoolean() ? given : given + " " + family(draws);
  }

  private static Names names(String female, String male, String family) {
    return new Names(split(female), split(male), split(family));
  }

  private static List<String> split(String words) {
    return List.of(words.split(" ", -1));
  }

  private static String any(List<String> list, RandomGenerator draws) {
    return list.get(draws.nextInt(list.size()));
  }
}
