package dev.carillon.channels.meta.whatsapp;

import dev.carillon.channels.support.errors.ErrorCodes;

/** What each error code of the Cloud API means, read once from errors.txt beside this class. */
final class CloudErrors {
  static final String REFERENCE_TOO_LONG = "referenceTooLong";

  static final ErrorCodes CODES = ErrorCodes.beside(CloudErrors.class, "errors.txt");

  private CloudErrors() {}
}
