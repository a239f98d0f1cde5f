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
          .addModule(
              new SimpleModule()
                  .addSerializer(Counts.class, new Members<>(Members::counts))
                  .addSerializer(Trend.Bucket.class, new Members<>(Members::bucket))
                  .addSerializer(Splits.class, new Members<>(Members::splits))
                  .addSerializer(Splits.Part.class, new Members<>(Members::part)))
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

  /** Writes what is held by measure or by attribute as members with their names. */
  private static final class Members<T> extends ValueSerializer<T> {
    private final Writer<T> writer;

    Members(Writer<T> writer) {
      this.writer = writer;
    }

    private interface Writer<T> {
      void write(T value, JsonGenerator json);
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializationContext context) {
      json.writeStartObject();
      writer.write(value, json);
      json.writeEndObject();
    }

    private static void counts(Counts counts, JsonGenerator json) {
      counts
          .numbers()
          .forEach((measure, number) -> json.writeNumberProperty(measure.key(), number));
    }

    private static void bucket(Trend.Bucket bucket, JsonGenerator json) {
      json.writeStringProperty("from", bucket.from().toString());
      counts(bucket.counts(), json);
    }

    private static void part(Splits.Part part, JsonGenerator json) {
      json.writeStringProperty("name", part.name());
      counts(part.counts(), json);
      if (part.ctr() != null) {
        json.writeNumberProperty("ctr", part.ctr());
      }
      json.writeNumberProperty("errors", part.errors());
    }

    private static void splits(Splits splits, JsonGenerator json) {
      splits
          .attributes()
          .forEach((attribute, parts) -> json.writePOJOProperty(attribute.listKey(), parts));
      if (splits.links() != null) {
        json.writePOJOProperty("links", splits.links());
      }
    }
  }

  /** Gives a Java keyword back its name in JSON. */
  private interface ClassNamed {
    @JsonProperty("class")
    String errorClass();
  }
}
