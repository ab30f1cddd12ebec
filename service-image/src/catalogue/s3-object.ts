import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** The place of an object, and how long S3 may send nothing. */
export interface S3Object {
  readonly bucket: string;
  readonly key: string;
  readonly silenceSeconds: number;
}

/**
 * Opens an object of S3 with the credentials of the task.
 *
 * Loaded only where a catalogue is in S3: the library is as large as the rest of the service.
 */
export async function openS3Object({ bucket, key, silenceSeconds }: S3Object): Promise<Readable> {
  const milliseconds = silenceSeconds * 1000;
  const client = new S3Client({
    // with the bucket in the path, which endpoints other than Amazon's understand as well.
    forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined,
    // without these the library waits for ever.
    requestHandler: { connectionTimeout: milliseconds, requestTimeout: milliseconds, throwOnRequestTimeout: true },
  });
  const body = (await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body as IncomingMessage;
  return body.setTimeout(milliseconds, () => body.destroy(new Error(`nothing was received for ${silenceSeconds} s`)));
}
