package dev.carillon.server.api.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Errors;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.Splits;
import dev.carillon.core.report.figure.Trend;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The report as JSON: its records' components by their names. What a campaign does not have is
 * absent; a number that cannot be computed, such as a rate with a zero denominator, is null.
 */
final class ReportView {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(Report.class, WithoutAbsent.class)
          .addMixIn(Counts.class, WithoutAbsent.class)
          .addMixIn(Trend.Bucket.class, WithoutAbsent.class)
          .addModule(new SimpleModule().addSerializer(Splits.class, new SplitLists()))
          .addMixIn(Splits.Part.class, WithoutAbsent.class)
          .addMixIn(Errors.ByCode.class, ClassNamed.class)
          .build();

  private ReportView() {}

  static JsonNode of(Report report) {
    return MAPPER.valueToTree(report);
  }

  static JsonNode of(Counts counts) {
    return MAPPER.valueToTree(counts);
  }

  /** Parts whose null members are ones that the channel or the campaign does not have. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private interface WithoutAbsent {}

  /** Writes the rows of each attribute as a list with its name. */
  private static final class SplitLists extends ValueSerializer<Splits> {
    @Override
    public void serialize(Splits splits, JsonGenerator json, SerializationContext context) {
      json.writeStartObject();
      splits
          .attributes()
          .forEach(
              (attribute, parts) ->
                  context.defaultSerializeProperty(attribute.listKey(), parts, json));
      if (splits.links() != null) {
        context.defaultSerializeProperty("links", splits.links(), json);
      }
      json.writeEndObject();
    }
  }

  /** Gives a Java keyword back its name in JSON. */
  private interface ClassNamed {
    @JsonProperty("class")
    String errorClass();
  }
}
