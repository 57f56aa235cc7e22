// Validates a document with @apidevtools/swagger-parser, and follows every reference in it. The first argument is the file.
import SwaggerParser from "@apidevtools/swagger-parser";

const [, , file] = process.argv;
try {
  const { paths } = await SwaggerParser.validate(file);
  console.log(`${Object.keys(paths).length} paths`);
} catch (error) {
  console.log(error.message);
  process.exitCode = 1;
}
