package dev.carillon.server.pages.wizard;

import dev.carillon.core.campaign.CampaignDefinition;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * A step of the wizard as its form has it, all as text as it was typed. What it decides is read by
 * way of the JSON that the API takes, so that both have the same rules.
 */
sealed interface StepForm permits WhenForm, WhoForm, WhatForm, LabelsForm {

  /**
   * The members of the definition that the step decides, as the API takes changes.
   *
   * @param before the definition that is changed
   */
  ObjectNode changes(CampaignDefinition before);

  /** What was left empty although it is needed: words by field, plainer than JSON's. */
  Map<String, String> empty();

  /** The field in which that was typed which a JSON pointer into the definition leads to. */
  String field(String pointer);

  /** A number where the text is one; else the text, so that it is reported as wrong. */
  static void number(ObjectNode json, String member, String text) {
    if (text.matches("-?\\d{1,18}")) {
      json.put(member, Long.parseLong(text));
    } else {
      json.put(member, text);
    }
  }
}
