package dev.carillon.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.core.report.Errors;
import dev.carillon.core.report.Report;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The report as JSON: its records' components by their names. What a campaign does not have is
 * absent; a rate with a zero denominator is null.
 */
final class ReportView {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              was ->
                  was.withValueInclusion(JsonInclude.Include.NON_NULL)
                      .withContentInclusion(JsonInclude.Include.ALWAYS))
          .addMixIn(Errors.ByCode.class, ClassNamed.class)
          .build();

  private ReportView() {}

  static JsonNode of(Report report) {
    return MAPPER.valueToTree(report);
  }

  /** Gives a Java keyword back its name in JSON. */
  private interface ClassNamed {
    @JsonProperty("class")
    String errorClass();
  }
}
