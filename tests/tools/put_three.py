"""Stores three objects with boto3, as a script of somebody who knows nothing of credlapse.

python put_three.py BUCKET
"""

import sys

import boto3

s3 = boto3.client("s3")
for number in range(1, 4):
    s3.put_object(Bucket=sys.argv[1], Key=f"three/{number}", Body=b"me")
    print(f"stored {number}", flush=True)
